import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeXhtml } from './xhtml.ts';

const div = (content: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`;

test.each([
  [div('text'), true, true, true],
  [div('<p class="a">1 &lt; 2 &#160;&nbsp;</p><br/><hr />'), true, true, true],
  [div('<table><tr><td colspan="2">x</td></tr></table>'), true, true, true],
  [div('<img src="x.png" alt="y"/>'), true, true, true],
  [div('  \n'), true, true, false],
  [`${div('a')}  `, true, true, true],
  [div('<script>1</script>'), true, false, true],
  [div('<p onclick="x()">a</p>'), true, false, true],
  [div('<a href="javascript:x">a</a>'), true, false, true],
  ['<div>a</div>', true, false, true],
  ['<p xmlns="http://www.w3.org/1999/xhtml">a</p>', false, false, false],
  [div('<p>a'), false, false, false],
  [div('<b><i>a</b></i>'), false, false, false],
  [div('1 & 2'), false, false, false],
  [div('1 < 2'), false, false, false],
  [div('<p class=a>a</p>'), false, false, false],
  [`${div('a')}b`, false, false, false],
  ['text', false, false, false],
  ['', false, false, false],
])('%s', (text, wellFormed, allowed, hasContent) => {
  expect(judgeXhtml(text)).toEqual({ wellFormed, allowed, hasContent });
});

test('any text is judged, at once', () => {
  const piece = fc.constantFrom('<', '>', '/', 'div', 'p', ' ', '=', '"', "'", '&', ';', 'a', '<!--', '-->', '<div xmlns="http://www.w3.org/1999/xhtml">', '</div>');
  fc.assert(fc.property(fc.array(piece, { maxLength: 200 }), (parts) => {
    judgeXhtml(parts.join(''));
  }));
  const start = performance.now();
  for (const text of ['<p '.repeat(50_000), `<div ${'a="b" '.repeat(50_000)}`, div(' '.repeat(500_000)), `<${'a'.repeat(200_000)}`, div('<p>'.repeat(100_000))]) judgeXhtml(text);
  expect(performance.now() - start).toBeLessThan(5_000);
});
