import { CloseButton, Group, Switch, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { switchSingleKeys, useSingleKeysOn } from './single-keys.ts';

const shortcuts: readonly (readonly [string, readonly string[]])[] = [
  ['Next, previous case', ['j', 'k']], ['Open the case', ['Enter']], ['Choose the case, to decide several together', ['s']], ['Back to the queue', ['u']], ['Next, previous case from a case', ['n', 'p']], ['Open a record of the case', ['1']],
  ['Release as is', ['r']], ['Release with a flag', ['f']], ['Keep out', ['o']], ['Chart correction request', ['c']], ['Send to the identity team', ['i']],
  ['Of two records: the same person, different people, nobody can tell', ['s', 'd', 't']],
  ['Decide, from the form', ['Ctrl', 'Enter']], ['Leave the form', ['Esc']], ['Undo', ['z']], ['Take the case, give it up', ['a']], ['Comment', ['m']], ['To the filters', ['/']],
  ['Clear the filters', ['x']], ['Overview', ['g', 'o']], ['Work queue', ['g', 'q']], ['Runs', ['g', 'r']], ['Feeds', ['g', 'f']], ['Quality', ['g', 'y']], ['AI oversight', ['g', 'a']], ['Rules', ['g', 'u']], ['Lineage', ['g', 'l']], ['Audit', ['g', 'p']], ['Policy', ['g', 'c']], ['Your desk', ['g', 'd']], ['This list', ['?']],
];

/** The browser's own dialog: it keeps the focus inside, and gives it back. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const on = useSingleKeysOn();
  useEffect(() => { if (opened) dialog.current?.showModal(); else dialog.current?.close(); }, [opened]);
  return (
    <dialog ref={dialog} className="card" aria-labelledby="keys" onClose={onClose}>
      <Group justify="space-between" mb="xs"><Title order={2} id="keys">Keyboard</Title><CloseButton aria-label="Close" onClick={onClose} /></Group>
      <table className="rows">
        <thead className="unseen"><tr><th>What it does</th><th>Keys</th></tr></thead>
        <tbody>
          {shortcuts.map(([does, keys]) => (
            <tr key={does}><td>{does}</td><td className="number">{keys.map((key) => <kbd key={key} style={{ marginLeft: 4 }}>{key}</kbd>)}</td></tr>
          ))}
        </tbody>
      </table>
      <Switch mt="md" checked={on} onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
        label="Single-key shortcuts" description="Switch them off if a screen reader or speech input uses these keys." />
    </dialog>
  );
}
