import { expect, it } from 'vitest';
import { createLineScan, scanLine } from './normalise';
import { describeTemplate, templateText } from './template';
import { createTemplateMiner, DEFAULT_MINER, type TemplateMiner } from './template-miner';

const scan = createLineScan();

function texts(miner: TemplateMiner): string[] {
  return miner.list().map((template) => templateText(template.tokens));
}

function match(miner: TemplateMiner, line: string, t = 0): number {
  scanLine(line, 0, line.length, scan);
  return miner.match(scan, t, () => line).id;
}

it('groups toy lines exactly', () => {
  const miner = createTemplateMiner();
  const ids = [
    'user alice logged in from 10.0.0.1 port 4000',
    'disk /dev/sda is full',
    'user bob logged in from 10.0.0.2 port 4001',
    'disk /dev/sdb is full',
    'user carol logged in from 10.9.0.2 port 1',
    'cache miss',
  ].map((line) => match(miner, line));
  expect(ids).toEqual([1, 2, 1, 2, 1, 3]);
  expect(texts(miner)).toEqual(['user <*> logged in from <*> port <*>', 'disk <*> is full', 'cache miss']);
});

it('keeps a few plain words apart, as messages of their own in one group', () => {
  const miner = createTemplateMiner();
  expect(match(miner, 'volume 7 is now online')).not.toBe(match(miner, 'volume 8 is now offline'));
  expect(match(miner, 'volume 9 is now online')).toBe(1);
  expect(texts(miner)).toEqual(['volume <*> is now online', 'volume <*> is now offline']);
  expect(miner.list().map(({ group }) => group)).toEqual([1, 1]);
});

it('takes many words at one place for a parameter, and says which templates became one', () => {
  const miner = createTemplateMiner();
  const ids = ['red', 'green', 'blue'].map((word, t) => match(miner, `painted the wall ${word} today`, t));
  expect(ids).toEqual([1, 2, 3]);
  miner.takeChanged();
  expect(match(miner, 'painted the wall black today', 9)).toBe(1);
  expect(miner.takeChanged().map(describeTemplate)).toMatchObject([
    { id: 1, text: 'painted the wall <*> today', count: 4, firstSeen: 0, lastSeen: 9 },
    { id: 2, mergedInto: 1 },
    { id: 3, mergedInto: 1 },
  ]);
  expect(ids.map((id) => miner.get(id)?.id)).toEqual([1, 1, 1]);
  expect(miner.size).toBe(1);
});

it('tells splits and merges, newest first, bounded', () => {
  const miner = createTemplateMiner();
  ['red', 'green', 'blue', 'black'].forEach((word, t) => {
    match(miner, `painted the wall ${word} today`, t);
  });
  expect(miner.events.list().map(({ t, kind, template, other }) => [t, kind, template, other])).toEqual([
    [3, 'merged', 3, 1],
    [3, 'merged', 2, 1],
    [2, 'split', 3, 1],
    [1, 'split', 2, 1],
  ]);
  expect(miner.events.list()[0]).toMatchObject({
    text: 'painted the wall blue today',
    otherText: 'painted the wall <*> today',
  });
  for (let i = 0; i < 500; i++) {
    const name = String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26));
    match(miner, `the ${name}${name} gate is open now`);
    match(miner, `the ${name}${name} gate is shut now`);
  }
  expect(miner.events.list().length).toBeLessThanOrEqual(200);
});

it('takes one number or one name among the words for a parameter', () => {
  for (const value of ['4711', 'build-12', 'db.example.org', 'a/b', 'root@db']) {
    const miner = createTemplateMiner();
    expect(match(miner, `sent report to printer ${value}`)).toBe(match(miner, 'sent report to printer lobby'));
    expect(texts(miner)).toEqual(['sent report to printer <*>']);
  }
});

it('takes the unit of a number for a part of it', () => {
  const miner = createTemplateMiner();
  expect(match(miner, 'free memory now 5 KB of heap')).toBe(match(miner, 'free memory now 2 MB of heap'));
});

it('groups lines that begin with different names', () => {
  const miner = createTemplateMiner();
  expect(match(miner, 'com.example.mail: told me to run this job')).toBe(
    match(miner, 'org.example.sync.Daily: told me to run this job'),
  );
});

it('gives one template to lines that many hosts write, named in front', () => {
  const miner = createTemplateMiner();
  const sites = 'ams arn bom cdg dub fra gru iad icn jnb lhr mxp nrt pdx scl sfo syd waw yul zrh'.split(' ');
  for (const site of sites) {
    for (let host = 1; host <= 3; host++) match(miner, `web-${site}-0${host} request 17 GET /a -> 200 in 3ms`);
  }
  expect(texts(miner)).toEqual(['<*> request <*> GET <*> -> <*> in <*>']);
});

it('bounds the templates of a group', () => {
  const miner = createTemplateMiner({ ...DEFAULT_MINER, maxVariants: 6 });
  for (let i = 0; i < 27; i++) {
    const word = (k: number): string => ['one', 'two', 'three'][Math.floor(i / 3 ** k) % 3];
    match(miner, `the pump in hall ${word(0)} row ${word(1)} seat ${word(2)} is on and well`);
    expect(miner.size).toBeLessThanOrEqual(6);
  }
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
    group: 1,
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
  expect(miner.takeChanged().map((template) => templateText(template.tokens))).toEqual(['volume one is now offline']);
});

it('calls no line novel that founds and changes nothing, whatever branch of the tree it comes down', () => {
  const miner = createTemplateMiner();
  const cities = ['Oslo', 'Lima', 'Rome', 'Bonn', 'Kyiv', 'Bern'];
  for (const city of [...cities, ...cities]) match(miner, `edge ${city} served range of object from cache`);
  const novel = cities.map((city) => {
    match(miner, `edge ${city} served range of object from cache`);
    return miner.lastWasNovel;
  });
  expect(novel).toEqual(cities.map(() => false));
});

it('stays bounded under a flood of new templates and forgets the ones not seen for longest', () => {
  const miner = createTemplateMiner({ ...DEFAULT_MINER, maxTemplates: 50 });
  const word = (n: number): string =>
    [...n.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('');
  for (let i = 0; i < 500; i++) {
    match(miner, `${word(i)} ${word(i * 7 + 1)} ${word(i * 13 + 5)}`, i);
    match(miner, 'always here again', i);
    expect(miner.size).toBeLessThanOrEqual(50);
  }
  expect(miner.list().some((template) => templateText(template.tokens) === 'always here again')).toBe(true);
});

it('joins lines that differ in their second word alone where the rest says enough, and only there', () => {
  const miner = createTemplateMiner();
  const groups = (...lines: string[]): number =>
    new Set(lines.map((line) => miner.get(match(miner, line))?.group)).size;
  expect(groups('session alice was closed', 'session bob was closed')).toBe(1);
  expect(groups('link up now', 'link down now')).toBe(2);
});

it('bounds the branches of a node: the overflow shares one and is still grouped', () => {
  const miner = createTemplateMiner({ ...DEFAULT_MINER, maxBranches: 2 });
  for (const first of ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg']) match(miner, `${first} is up and running fine`);
  expect(texts(miner)).toEqual([
    'aa is up and running fine',
    'bb is up and running fine',
    '<*> is up and running fine',
  ]);
});

it('goes on from saved templates exactly, without examples in them', () => {
  const lines = [
    'user alice in',
    'user bob in',
    'disk sda is full now',
    'disk sdb is full now',
    'x=1 y="a b"',
    'link to it is up',
    'link to it is down',
  ];
  const miner = createTemplateMiner();
  for (const line of lines) match(miner, line, 5);
  const saved = structuredClone(miner.save());
  expect(JSON.stringify(saved)).not.toContain('example');
  const loaded = createTemplateMiner(DEFAULT_MINER, saved);
  expect(loaded.save()).toEqual(miner.save());
  for (const line of [...lines, 'disk sdc is empty now', 'link to it is odd', 'link to it is out', 'something else']) {
    expect(match(loaded, line)).toBe(match(miner, line));
  }
});

it('counts anew from the next line of each template on when the lines come once more, and keeps ids', () => {
  const miner = createTemplateMiner();
  for (let t = 0; t < 5; t++) match(miner, 'cache miss', t);
  match(miner, 'disk full', 5);
  miner.recount();
  expect(match(miner, 'cache miss', 2)).toBe(1);
  expect(match(miner, 'cache miss', 3)).toBe(1);
  expect(miner.list().map(({ count, firstSeen, lastSeen }) => [count, firstSeen, lastSeen])).toEqual([
    [2, 2, 3],
    [1, 5, 5],
  ]);
});
