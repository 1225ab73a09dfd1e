import { describe, expect, it } from 'vitest';
import { PAGES } from '../../app/types';
import { PAGE_REGISTRY } from '../pages/registry';
import { readKey, SHORTCUTS } from './keys';
import { fileOfText } from './use-drop';

const press = (key: string, held: Partial<{ ctrl: boolean; meta: boolean; alt: boolean }> = {}) => ({
  key,
  ctrl: false,
  meta: false,
  alt: false,
  ...held,
});

describe('the keyboard', () => {
  it('reaches every page by its number and by g and its letter', () => {
    expect(PAGE_REGISTRY.map((page) => page.id)).toEqual([...PAGES]);
    PAGE_REGISTRY.forEach((page, i) => {
      const command = { kind: 'page', page: page.id };
      expect(readKey(press(String(i + 1)), false, PAGE_REGISTRY)).toEqual(command);
      expect(readKey(press(page.key), true, PAGE_REGISTRY)).toEqual(command);
      expect(readKey(press(page.key.toUpperCase()), true, PAGE_REGISTRY)).toEqual(command);
    });
    expect(new Set(PAGE_REGISTRY.map((page) => page.key)).size).toBe(PAGE_REGISTRY.length);
  });

  it('leaves the letters of pages alone without g before', () => {
    expect(readKey(press('o'), false, PAGE_REGISTRY)).toBeUndefined();
    expect(readKey(press('g'), false, PAGE_REGISTRY)).toEqual({ kind: 'prefix' });
  });

  it('leaves the keys of the browser to the browser', () => {
    expect(readKey(press('i', { ctrl: true }), false, PAGE_REGISTRY)).toBeUndefined();
    expect(readKey(press('t', { meta: true }), false, PAGE_REGISTRY)).toBeUndefined();
    expect(readKey(press('1', { alt: true }), false, PAGE_REGISTRY)).toBeUndefined();
    expect(readKey(press('0'), false, PAGE_REGISTRY)).toBeUndefined();
    expect(readKey(press('F5'), false, PAGE_REGISTRY)).toBeUndefined();
  });

  it('undoes by Ctrl-Z and by Command-Z', () => {
    expect(readKey(press('z', { ctrl: true }), false, PAGE_REGISTRY)).toEqual({ kind: 'undo' });
    expect(readKey(press('z', { meta: true }), false, PAGE_REGISTRY)).toEqual({ kind: 'undo' });
  });

  it('has at least fifteen shortcuts on its sheet', () => {
    expect(SHORTCUTS.length + PAGE_REGISTRY.length).toBeGreaterThanOrEqual(15);
  });
});

describe('pasted text', () => {
  it('is a table where the first line has separators, a log otherwise, and nothing when it is one line', () => {
    expect(fileOfText('time,cpu\n1,2')?.name).toBe('pasted.csv');
    expect(fileOfText('kernel: oom\nkernel: again')?.name).toBe('pasted.log');
    expect(fileOfText('just a word')).toBeUndefined();
    expect(fileOfText('')).toBeUndefined();
  });
});
