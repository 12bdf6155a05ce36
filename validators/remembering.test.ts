import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { loadPackages } from '../packages/load.ts';
import { createProfileValidator } from './profile/validator.ts';
import { remembering } from './remembering.ts';

test('makes what a name stands for once, and forgets names that stand for nothing before they are many', () => {
  const asked: string[] = [];
  const length = remembering((name) => { asked.push(name); return name.length > 5 ? undefined : { length: name.length }; });
  expect([length('a'), length('a'), length('nothing'), length('nothing')]).toEqual([{ length: 1 }, { length: 1 }, undefined, undefined]);
  expect(asked).toEqual(['a', 'nothing']);
  for (let i = 0; i < 1_000; i++) length(`nothing${i}`);
  length('nothing');
  length('a');
  expect(asked.filter((name) => name === 'nothing' || name === 'a')).toEqual(['a', 'nothing', 'nothing']);
});

test('a program keeps nothing of names that no package has', async () => {
  const { program } = createProfileValidator({ packages: await loadPackages() });
  setFlagsFromString('--expose-gc');
  const held = (): number => { (runInNewContext('gc') as () => void)(); return process.memoryUsage().heapUsed; };
  const before = held();
  for (let i = 0; i < 200_000; i++) {
    const name = `http://a.example/${i}`;
    program.profile(name); program.resource(name); program.catalog.type(name); program.terminology.codeSystem(name); program.terminology.valueSet(`${name}|1`);
  }
  expect(held() - before).toBeLessThan(10_000_000); // the names alone are as long
  expect(program.profile('http://a.example/0')).toBeUndefined(); // it lives until here
}, 60_000);
