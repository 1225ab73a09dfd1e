import { flattenText } from './words';

const MAX_TEXT_CHARS = 500;
const MAX_FENCED_CHARS = 2000;

/**
 * Outside text as inert Markdown on one line: no HTML, no emphasis, links, images, code, table cells, mentions or automatic links come of it.
 * Longer than 500 characters is cut. Must not stand at the start of a line, where `-`, `+` or `1.` would begin a list.
 */
export function escapeMarkdown(text: string): string {
  return (
    flattenText(text, MAX_TEXT_CHARS)
      // Every ASCII punctuation mark may be escaped by a backslash (CommonMark 0.31, section 2.4); these have a meaning within a line.
      .replace(/[\\`*_[\]|~#!@$]/g, '\\$&')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/:\/\//g, '\\://')
      .replace(/\b(www|mailto|xmpp)([.:])/gi, '$1\\$2')
  );
}

/** Outside text in a code fence that it cannot close: the fence is longer than any run of backticks inside. One line a text. */
export function fenceText(texts: readonly string[]): string {
  const lines = texts.map((text) => flattenText(text, MAX_FENCED_CHARS));
  const longest = Math.max(0, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** A table. Cells must be escaped already; `right` marks columns of numbers. */
export function drawTable(
  columns: readonly { readonly title: string; readonly right: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map((column) => column.title)),
    line(columns.map((column) => (column.right ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}

/**
 * Shares as tenths of a percent that add to exactly 100.0, by largest remainder. Shares that are negative or not finite count as 0. Degenerate: when
 * nothing is left, all are 0.
 */
export function roundShares(shares: readonly number[]): readonly number[] {
  const clean = shares.map((share) => (Number.isFinite(share) && share > 0 ? share : 0));
  const total = clean.reduce((sum, share) => sum + share, 0);
  if (!(total > 0)) return clean.map(() => 0);
  const exact = clean.map((share) => (share / total) * 1000);
  const tenths = exact.map(Math.floor);
  const missing = 1000 - tenths.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact.map((_, i) => i).sort((a, b) => exact[b] - tenths[b] - (exact[a] - tenths[a]) || a - b);
  for (const i of byRemainder.slice(0, missing)) tenths[i]++;
  return tenths.map((value) => value / 10);
}
