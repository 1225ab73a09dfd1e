import type { TemplateInfo } from '../../domain/verdicts';
import { hashWord } from './encode';
import { WILDCARD_TEXT } from './masks';

/** The constant and variable tokens of a group of log lines. */
export interface Template {
  readonly id: number;
  /** Id of the group it belongs to: templates that differ in listed words only. The first template of a group has the group's id. */
  readonly group: number;
  /** One entry a token; `''` where the whole token varies. */
  readonly tokens: string[];
  /** FNV-1a of each masked token; 0 where the whole token varies. */
  readonly hashes: Int32Array;
  /** `hashWord` of each token; 0 where it varies or holds no word. */
  readonly words: Int32Array;
  count: number;
  firstSeen: number;
  lastSeen: number;
  example: string;
  /** The template that took this one in, when they turned out to differ in a parameter only. */
  mergedInto: number | undefined;
}

/** A template that no line has joined yet. tokens and hashes become its own. */
export function newTemplate(
  id: number,
  group: number,
  tokens: string[],
  hashes: Int32Array,
  firstSeen: number,
): Template {
  const words = Int32Array.from(tokens, hashWord);
  return {
    id,
    group,
    tokens,
    hashes,
    words,
    count: 0,
    firstSeen,
    lastSeen: firstSeen,
    example: '',
    mergedInto: undefined,
  };
}

/** Makes one token variable. Gives whether the text changed. */
export function freeToken(template: Template, position: number): boolean {
  if (template.hashes[position] === 0) return false;
  template.hashes[position] = 0;
  template.words[position] = 0;
  template.tokens[position] = '';
  return true;
}

/** The template as a person reads it. */
export function templateText(tokens: readonly string[]): string {
  return tokens.map((token) => (token === '' ? WILDCARD_TEXT : token)).join(' ');
}

/** What the rest of the app is told about a template. */
export function describeTemplate(template: Template): TemplateInfo {
  const { id, group, tokens, count, firstSeen, lastSeen, example, mergedInto } = template;
  const info = { id, group, text: templateText(tokens), count, firstSeen, lastSeen, example };
  return mergedInto === undefined ? info : { ...info, mergedInto };
}
