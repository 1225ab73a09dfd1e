import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';

const FILE_NAME = 'THIRD-PARTY-NOTICES.txt';
const RULE = '-'.repeat(80);

export interface PackageNotice {
  readonly name: string;
  readonly version: string;
  /** SPDX expression as the package states it. */
  readonly license: string;
  /** Texts of its licence and notice files, '' when it ships none. */
  readonly text: string;
}

/** Folder of the npm package that a module id belongs to; undefined for modules of our own and virtual ones. */
export function packageFolderOf(id: string): string | undefined {
  const path = id.replace(/^\0+/, '').replace(/[?#].*$/, '');
  const mark = `${sep}node_modules${sep}`;
  const at = path.lastIndexOf(mark);
  if (at === -1) return undefined;
  const parts = path.slice(at + mark.length).split(sep);
  const name = parts[0].startsWith('@') ? join(parts[0], parts[1] ?? '') : parts[0];
  const folder = join(path.slice(0, at + mark.length), name);
  return existsSync(join(folder, 'package.json')) ? folder : undefined;
}

/** Reads what a package says about itself. Throws when it states no licence at all: such a package may not be shipped. */
export function readNotice(folder: string): PackageNotice {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const field = (key: string): unknown =>
    typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, key) : undefined;
  const license = field('license') ?? field('licenses');
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (license === undefined && texts.length === 0) throw new Error(`${folder} states no licence`);
  return {
    name: String(field('name')),
    version: String(field('version')),
    license: typeof license === 'string' ? license : license === undefined ? 'see text' : JSON.stringify(license),
    text: texts.join('\n\n'),
  };
}

/** The notices file: a list of the packages, then each distinct licence text once below the packages that it covers. */
export function renderNotices(notices: readonly PackageNotice[]): string {
  const sorted = [...notices].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const heading = (n: PackageNotice): string => `${n.name} ${n.version} (${n.license})`;
  const byText = new Map<string, PackageNotice[]>();
  for (const notice of sorted) {
    const text = notice.text || `${notice.name} ships no licence text; its package.json states: ${notice.license}`;
    byText.set(text, [...(byText.get(text) ?? []), notice]);
  }
  const parts = [...byText].map(
    ([text, covered]) => `${RULE}\n${covered.map(heading).join('\n')}\n${RULE}\n\n${text}\n`,
  );
  return `This site contains the following packages.\n\n${sorted.map(heading).join('\n')}\n\n${parts.join('\n')}`;
}

/**
 * Emits the notices of the packages that the bundles really contain. Workers are bundled by themselves: give `worker` to `worker.plugins`,
 * so that theirs count too.
 */
export function thirdPartyNotices(): { readonly page: Plugin; readonly worker: Plugin } {
  const folders = new Set<string>();
  const collect: Plugin['generateBundle'] = (_options, bundle) => {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      for (const id of output.moduleIds) {
        const folder = packageFolderOf(id);
        if (folder !== undefined) folders.add(folder);
      }
    }
  };
  return {
    worker: { name: 'cloud-anomaly-dashboard:notices-worker', apply: 'build', generateBundle: collect },
    page: {
      name: 'cloud-anomaly-dashboard:notices',
      apply: 'build',
      generateBundle: {
        order: 'post',
        handler(options, bundle, isWrite) {
          if (typeof collect === 'function') collect.call(this, options, bundle, isWrite);
          const source = renderNotices([...folders].map(readNotice));
          this.emitFile({ type: 'asset', fileName: FILE_NAME, source });
        },
      },
    },
  };
}
