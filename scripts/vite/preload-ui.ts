import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/** A chunk and what it imports statically: the files that must be there before it runs. */
interface Loaded {
  readonly scripts: ReadonlySet<string>;
  readonly styles: ReadonlySet<string>;
}

/**
 * What the chunk of the module `entry` (end of its path) and its static imports are made of, as paths below the site's root. Throws where no
 * chunk begins with that module: then nothing would be loaded early, unnoticed.
 */
export function listLoaded(bundle: Rolldown.OutputBundle, entry: string): Loaded {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const first = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(entry));
  if (first === undefined) throw new Error(`no chunk begins with ${entry}`);
  const scripts = new Set([first.fileName]);
  const styles = new Set<string>();
  for (const name of scripts) {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    for (const imported of chunk?.imports ?? []) scripts.add(imported);
    for (const style of chunk?.viteMetadata?.importedCss ?? []) styles.add(style);
  }
  return { scripts, styles };
}

/**
 * Lets the page load a dynamically imported module's chunks and styles from the start. The import itself can then wait for something that
 * matters more without a second trip to the server.
 */
export function preloadUi(entry: string): Plugin {
  return {
    name: 'cloud-anomaly-dashboard:preload-ui',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        if (bundle === undefined) return [];
        const { scripts, styles } = listLoaded(bundle, entry);
        const isNew = (file: string): boolean => !html.includes(file);
        const tag = (attrs: Record<string, string>): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { ...attrs, crossorigin: true },
          injectTo: 'head',
        });
        return [
          ...[...scripts].filter(isNew).map((file) => tag({ rel: 'modulepreload', href: `./${file}` })),
          ...[...styles].filter(isNew).map((file) => tag({ rel: 'stylesheet', href: `./${file}` })),
        ];
      },
    },
  };
}
