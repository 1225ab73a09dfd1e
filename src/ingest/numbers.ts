/** Ways to write "no value" that exporters use. */
const MISSING = new Set(['', '-', '--', '?', 'na', 'n/a', 'nan', 'null', 'none', 'nil', 'undefined', '#n/a', '(null)']);
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const GROUPED_WITH_COMMA = /^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/;
const DECIMAL_COMMA = /^[+-]?\d*,\d+(?:e[+-]?\d+)?$/i;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const LARGEST_FLOAT32 = 3.4028234663852886e38;

/** True for a cell that says "no value": empty, NaN, null, N/A and the like. */
export function isMissing(cell: string): boolean {
  return cell.length <= 9 && MISSING.has(cell.trim().toLowerCase());
}

/**
 * Reads a cell as a number that fits float32. NaN = missing; undefined = not a number or out of range (1e999).
 * decimalComma: true where "1,5" means 1.5 (files with semicolons or tabs). A trailing % and grouped thousands are accepted.
 */
export function parseNumber(cell: string, decimalComma: boolean): number | undefined {
  const fast = Number(cell);
  // Nearly all cells are plain decimals; Number alone would also take blanks for 0 and read 0x10.
  if (fast !== 0 && Math.abs(fast) <= LARGEST_FLOAT32 && cell.charCodeAt(0) > 32 && !isRadixMark(cell.charCodeAt(1))) {
    return fast;
  }
  let text = cell.trim();
  if (text.endsWith('%')) text = text.slice(0, -1).trimEnd();
  const value = DECIMAL.test(text) ? Number(text) : readLocalNumber(text, decimalComma);
  if (value !== undefined) return Math.abs(value) <= LARGEST_FLOAT32 ? value : undefined;
  return isMissing(cell) ? Number.NaN : undefined;
}

/** x, o or b of a literal such as 0x10, in either case. */
function isRadixMark(code: number): boolean {
  const lower = code | 32;
  return lower === 120 || lower === 111 || lower === 98;
}

function readLocalNumber(text: string, decimalComma: boolean): number | undefined {
  // Longer texts are no numbers that a person or an exporter wrote; this also bounds the patterns' work.
  if (text.length === 0 || text.length > 64) return undefined;
  if (decimalComma) {
    if (DECIMAL_COMMA.test(text)) return Number(text.replace(',', '.'));
    if (GROUPED_WITH_COMMA.test(text)) return Number(text.replace(/\./g, '').replace(',', '.'));
  }
  return GROUPED.test(text) ? Number(text.replace(/,/g, '')) : undefined;
}

const LABELS = new Map<string, 0 | 1>([
  ['0', 0],
  ['1', 1],
  ['0.0', 0],
  ['1.0', 1],
  ['false', 0],
  ['true', 1],
  ['normal', 0],
  ['anomaly', 1],
  ['anomalous', 1],
  ['no', 0],
  ['yes', 1],
]);

/** Reads a label cell: 1 = anomalous. Missing counts as 0; undefined = neither. */
export function parseLabel(cell: string): 0 | 1 | undefined {
  return LABELS.get(cell.trim().toLowerCase()) ?? (isMissing(cell) ? 0 : undefined);
}
