import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { EmptyState } from '../components/EmptyState';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { Missing } from '../components/Missing';
import { Panel } from '../components/Panel';
import { useAppState, useMedia } from '../hooks';
import { pageEntry } from '../pages/registry';
import { ScenarioStrip } from '../pages/scenarios/ScenarioStrip';
import { Toasts } from '../toasts/Toasts';
import { Banners } from './Banners';
import { Rail } from './Rail';
import { ShortcutSheet } from './ShortcutSheet';
import styles from './shell.module.css';
import { TopBar } from './TopBar';
import { useDrop } from './use-drop';
import { useKeys } from './use-keys';

const Injector = lazy(async () => ({ default: (await import('../injector/Injector')).Injector }));

/** The frame around every page. */
export function Shell() {
  const page = useAppState((state) => state.route.page);
  const unknown = useAppState((state) => state.route.unknown);
  const compact = useMedia('(max-width: 640px)');
  const injectorOpen = useAppState((state) => state.injectorOpen);
  const [help, setHelp] = useState(false);
  const hovering = useDrop();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pageEntry(page).label);
  useKeys(() => setHelp(true));

  const entry = pageEntry(page);
  const label = unknown === undefined ? entry.label : 'No such page';
  useEffect(() => {
    document.title = `${label} · Cloud Anomaly Dashboard`;
    if (shown.current === label) return;
    shown.current = label;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [label]);

  const Page = entry.component;
  return (
    <div className={styles.shell}>
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link is a link; the hash itself is the route and must stay */}
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          // The hash is the route: going there by the link itself would change the page.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <Rail compact={compact} />
      <div className={styles.column}>
        <TopBar onHelp={() => setHelp(true)} />
        <Banners />
        <ScenarioStrip />
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <h1 className={styles.heading}>{label}</h1>
          <p className={styles.about}>{unknown === undefined ? entry.about : 'The link leads nowhere.'}</p>
          <ErrorBoundary key={label} name={label}>
            <Suspense
              fallback={
                <div className={styles.waiting}>
                  <EmptyState kind="loading" title="Loading the page" />
                </div>
              }
            >
              {unknown === undefined ? (
                <Page />
              ) : (
                <Panel title="The link">
                  <Missing
                    what="page"
                    id={unknown}
                    detail="The pages are those of the menu. Nothing was changed."
                    back={{ label: 'Show the overview', href: '#/overview' }}
                  />
                </Panel>
              )}
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <ErrorBoundary name="The injector">
        <Suspense fallback={null}>{injectorOpen ? <Injector /> : null}</Suspense>
      </ErrorBoundary>
      <ShortcutSheet open={help} onClose={() => setHelp(false)} />
      <Toasts />
      {hovering ? <div className={styles.drop}>Drop the file to open it</div> : null}
    </div>
  );
}
