import { expect, it } from 'vitest';
import { createLineScan, scanLine } from './normalise';
import {
  createTemplateMiner,
  DEFAULT_MINER,
  describeTemplate,
  type TemplateMiner,
  templateText,
} from './template-miner';

const scan = createLineScan();

function match(miner: TemplateMiner, line: string, t = 0): number {
  scanLine(line, 0, line.length, scan);
  return miner.match(scan, t, () => line).id;
}

it('groups toy lines exactly', () => {
  const miner = createTemplateMiner();
  const ids = [
    'user alice logged in from 10.0.0.1 port 4000',
    'disk sda is full',
    'user bob logged in from 10.0.0.2 port 4001',
    'disk sdb is full',
    'user carol logged in from 10.9.0.2 port 1',
    'cache miss',
  ].map((line) => match(miner, line));
  expect(ids).toEqual([1, 2, 1, 2, 1, 3]);
  expect(miner.list().map((template) => templateText(template.tokens))).toEqual([
    'user <*> logged in from <*> port <*>',
    'disk <*> is full',
    'cache miss',
  ]);
});

it('keeps lines of different length apart', () => {
  const miner = createTemplateMiner();
  expect(match(miner, 'a b c')).not.toBe(match(miner, 'a b c d'));
});

it('gives a blank line template 0 and lists nothing', () => {
  const miner = createTemplateMiner();
  expect(match(miner, '   ')).toBe(0);
  expect(miner.list()).toEqual([]);
});

it('counts lines, first and last seen, and keeps the first as example', () => {
  const miner = createTemplateMiner();
  match(miner, 'job 1 done', 1000);
  match(miner, 'job 2 done', 3000);
  const [template] = miner.list();
  expect(describeTemplate(template)).toEqual({
    id: 1,
    text: 'job <*> done',
    count: 2,
    firstSeen: 1000,
    lastSeen: 3000,
    example: 'job 1 done',
  });
});

it('reports new templates and changed texts once', () => {
  const miner = createTemplateMiner();
  match(miner, 'volume one is now online');
  expect(miner.lastWasNovel).toBe(true);
  expect(miner.takeChanged()).toHaveLength(1);
  match(miner, 'volume one is now online');
  expect(miner.lastWasNovel).toBe(false);
  expect(miner.takeChanged()).toHaveLength(0);
  match(miner, 'volume one is now offline');
  expect(miner.lastWasNovel).toBe(true);
  expect(miner.takeChanged().map((template) => templateText(template.tokens))).toEqual(['volume one is now <*>']);
});

it('stays bounded under a flood of new templates and forgets the ones not seen for longest', () => {
  const miner = createTemplateMiner({ ...DEFAULT_MINER, maxTemplates: 50 });
  const word = (n: number): string =>
    [...n.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('');
  for (let i = 0; i < 2000; i++) {
    match(miner, `${word(i)} ${word(i * 7 + 1)} ${word(i * 13 + 5)}`, i);
    match(miner, 'always here again', i);
    expect(miner.size).toBeLessThanOrEqual(50);
  }
  expect(miner.list().some((template) => templateText(template.tokens) === 'always here again')).toBe(true);
});

it('joins lines that differ in their second word alone where the rest says enough, and only there', () => {
  const miner = createTemplateMiner();
  expect(match(miner, 'session alice was closed')).toBe(match(miner, 'session bob was closed'));
  expect(match(miner, 'link up now')).not.toBe(match(miner, 'link down now'));
});

it('bounds the branches of a node: the overflow shares one and is still grouped', () => {
  const miner = createTemplateMiner({ ...DEFAULT_MINER, maxBranches: 2 });
  for (const first of ['aa', 'bb', 'cc', 'dd', 'ee']) match(miner, `${first} is up and running fine`);
  expect(miner.size).toBe(3);
});

it('goes on from saved templates exactly, without examples in them', () => {
  const lines = ['user alice in', 'user bob in', 'disk sda is full now', 'disk sdb is full now', 'x=1 y="a b"'];
  const miner = createTemplateMiner();
  for (const line of lines) match(miner, line, 5);
  const saved = structuredClone(miner.save());
  expect(JSON.stringify(saved)).not.toContain('example');
  const loaded = createTemplateMiner(DEFAULT_MINER, saved);
  expect(loaded.save()).toEqual(miner.save());
  for (const line of [...lines, 'disk sdc is empty now', 'something else']) {
    expect(match(loaded, line)).toBe(match(miner, line));
  }
});
