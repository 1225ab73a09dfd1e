import { lazy, Suspense, useEffect } from 'react';
import styles from './map.module.css';
import type { MapProps } from './types';
import { hasWebgl } from './webgl';

const GlobeView = lazy(() => import('./GlobeView'));
const FlatMap = lazy(() => import('./FlatMap'));

interface WorldMapProps extends MapProps {
  readonly view: 'globe' | 'flat';
  readonly onGlobeFailed: (why: string) => void;
}

/** The world with devices and attacks on it, as a globe or flat. Both views come as lazy chunks; the height stays reserved. */
export function WorldMap({ view, onGlobeFailed, ...map }: WorldMapProps) {
  const possible = view === 'flat' || hasWebgl();
  useEffect(() => {
    if (!possible) onGlobeFailed('This browser gives no WebGL.');
  }, [possible, onGlobeFailed]);
  const globe = view === 'globe' && possible;
  return (
    <div className={styles.world} data-view={globe ? 'globe' : 'flat'}>
      <Suspense fallback={<p className={styles.waiting}>Drawing the map…</p>}>
        {globe ? <GlobeView {...map} onFailed={onGlobeFailed} /> : <FlatMap {...map} />}
      </Suspense>
    </div>
  );
}
