// Accepts or refuses an exported log with nothing of ours: the tree, the note and the proofs are those of
// golang.org/x/mod/sumdb, which Go's own checksum database runs on. The tiles lie as C2SP tlog-tiles has them.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type folder string

func (folder) Height() int                                { return height }
func (folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(f), path(strconv.Itoa(tile.L), tile.N, tile.W)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func path(level string, n int64, width int) string {
	place := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		place = fmt.Sprintf("x%03d/%s", n%1000, place)
	}
	if width < 1<<height {
		place += ".p/" + strconv.Itoa(width)
	}
	return "tile/" + level + "/" + place
}

func checkpoint(file string, verifiers note.Verifiers) (tlog.Tree, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open(text, verifiers)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 {
		return tlog.Tree{}, fmt.Errorf("no checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("no root hash")
	}
	return tlog.Tree{N: size, Hash: tlog.Hash(root)}, nil
}

func entries(dir string, size int64, each func(index int64, entry []byte) error) error {
	for n := int64(0); n<<height < size; n++ {
		width := min(size-n<<height, 1<<height)
		bundle, err := os.ReadFile(filepath.Join(dir, path("entries", n, int(width))))
		if err != nil {
			return err
		}
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("bundle %d ends inside an entry", n)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			if err := each(n<<height+i, bundle[2:end]); err != nil {
				return err
			}
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return fmt.Errorf("bundle %d has more entries than the tree", n)
		}
	}
	return nil
}

// run verifies DIR under the verifier key; an older checkpoint, if given, must be its beginning.
func run(dir, key, older string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	verifiers := note.VerifierList(verifier)
	tree, err := checkpoint(filepath.Join(dir, "checkpoint"), verifiers)
	if err != nil {
		return err
	}
	// Checks every tile it reads against the tree's root.
	reader := tlog.TileHashReader(tree, folder(dir))
	err = entries(dir, tree.N, func(index int64, entry []byte) error {
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return err
		}
		hash := tlog.RecordHash(entry)
		if !bytes.Equal(hashes[0][:], hash[:]) {
			return fmt.Errorf("entry %d is not the one in the tree", index)
		}
		if index%97 != 0 && index != tree.N-1 {
			return nil
		}
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return err
		}
		return tlog.CheckRecord(proof, tree.N, tree.Hash, index, hash)
	})
	if err != nil || older == "" {
		fmt.Printf("%d entries\n", tree.N)
		return err
	}
	before, err := checkpoint(older, verifiers)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, before.N, reader)
	if err != nil {
		return err
	}
	fmt.Printf("%d entries, the first %d as before\n", tree.N, before.N)
	return tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash)
}

func main() {
	args := append(os.Args[1:], "", "", "")
	if err := run(args[0], args[1], args[2]); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	fmt.Println("accepted")
}
