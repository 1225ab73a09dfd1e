import { err, ok, type Result } from '../domain/result';
import type { IngestCode } from './types';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface TextEncodingGuess {
  readonly encoding: Encoding;
  /** What a person should know about it; undefined for plain UTF-8. */
  readonly note: string | undefined;
}

const MAGIC: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive or an Excel workbook: save the sheet as CSV' },
  { bytes: [0x1f, 0x8b], what: 'gzip-compressed: unpack it first' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'zstd-compressed: unpack it first' },
  { bytes: [0x42, 0x5a, 0x68], what: 'bzip2-compressed: unpack it first' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'xz-compressed: unpack it first' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file: convert it to CSV' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG picture' },
];
/** Share of zero bytes on one side of the pairs above which text without a mark is taken as UTF-16. */
const UTF16_ZERO_SHARE = 0.4;

/**
 * Tells the encoding of a file from its first bytes: by byte order mark, else UTF-16 when every other byte is mostly zero, else UTF-8.
 * Errors: `not-text` for archives, pictures and the like. Empty input is UTF-8.
 */
export function detectEncoding(head: Uint8Array): Result<TextEncodingGuess, IngestCode> {
  const magic = MAGIC.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (magic) return err('not-text', `this is not a text file: it is ${magic.what}`);
  if (head[0] === 0xff && head[1] === 0xfe)
    return ok({ encoding: 'utf-16le', note: 'the text is UTF-16 and was decoded' });
  if (head[0] === 0xfe && head[1] === 0xff)
    return ok({ encoding: 'utf-16be', note: 'the text is UTF-16 and was decoded' });
  const zeros = [0, 0];
  const looked = Math.min(head.length, 4096);
  for (let i = 0; i < looked; i++) if (head[i] === 0) zeros[i % 2]++;
  const most = (looked / 2) * UTF16_ZERO_SHARE;
  if (looked >= 4 && zeros[1] > most && zeros[0] < most / 4) {
    return ok({ encoding: 'utf-16le', note: 'the text looks like UTF-16 without a mark and was decoded as such' });
  }
  if (looked >= 4 && zeros[0] > most && zeros[1] < most / 4) {
    return ok({ encoding: 'utf-16be', note: 'the text looks like UTF-16 without a mark and was decoded as such' });
  }
  return ok({ encoding: 'utf-8', note: zeros[0] + zeros[1] > 0 ? 'the file contains NUL characters' : undefined });
}

/** Bytes to text, chunk by chunk: a character cut by a chunk's end is held back. Byte order mark dropped; broken bytes become U+FFFD. */
export interface TextReader {
  read(bytes: Uint8Array): string;
  finish(): string;
}

export function createTextReader(encoding: Encoding): TextReader {
  const decoder = new TextDecoder(encoding);
  return {
    read: (bytes) => decoder.decode(bytes, { stream: true }),
    finish: () => decoder.decode(),
  };
}
