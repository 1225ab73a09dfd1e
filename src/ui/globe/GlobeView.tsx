import { useEffect, useRef, useState } from 'react';
import { useTheme } from '../hooks';
import { readMapColors } from './colors';
import styles from './map.module.css';
import { createGlobeScene, type GlobeScene } from './scene';
import { spreadDevices } from './spread';
import type { MapProps } from './types';

interface GlobeViewProps extends MapProps {
  /** No WebGL, or its context was lost: the caller shows the flat map. */
  readonly onFailed: (why: string) => void;
}

/** Devices of one city stand on a circle of this radius. Degrees. */
const SPREAD_DEGREES = 1.6;

/** The globe. Draws nothing while hidden or scrolled out of sight; frees its WebGL context when it goes. */
export default function GlobeView(props: GlobeViewProps) {
  const { devices, arcs, selected, moving, summary } = props;
  const holder = useRef<HTMLDivElement>(null);
  const scene = useRef<GlobeScene | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const theme = useTheme();
  const visible = useVisible(holder);

  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    let made: GlobeScene;
    try {
      made = createGlobeScene(element, {
        colors: readMapColors(element),
        onSelect: (index) => latest.current.onSelect(index),
        onLost: () => latest.current.onFailed('The graphics context was lost.'),
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      latest.current.onFailed(`This browser gives no WebGL (${why}).`);
      return;
    }
    scene.current = made;
    const fill = (): void => made.resize(element.clientWidth, element.clientHeight);
    fill();
    const observer = new ResizeObserver(fill);
    observer.observe(element);
    return () => {
      observer.disconnect();
      scene.current = undefined;
      made.dispose();
    };
  }, []);

  useEffect(() => {
    scene.current?.setMotion(!visible ? 'hidden' : moving ? 'moving' : 'still');
  }, [visible, moving]);

  useEffect(() => {
    if (visible) scene.current?.update(spreadDevices(devices, SPREAD_DEGREES), arcs, selected);
  }, [visible, devices, arcs, selected]);

  useEffect(() => {
    const device = latest.current.devices.find((candidate) => candidate.index === selected);
    if (device !== undefined) scene.current?.lookAt(device.latitude, device.longitude);
  }, [selected]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the theme
  useEffect(() => {
    if (holder.current !== null) scene.current?.setColors(readMapColors(holder.current));
  }, [theme]);

  return <div ref={holder} className={styles.globe} role="img" aria-label={summary} />;
}

/** Whether an element can be seen: in the viewport of a visible document. */
function useVisible(ref: React.RefObject<HTMLElement | null>): boolean {
  const [onScreen, setOnScreen] = useState(true);
  const [shown, setShown] = useState(() => !document.hidden);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => setOnScreen(entries.at(-1)?.isIntersecting ?? true));
    observer.observe(element);
    const onVisibility = (): void => setShown(!document.hidden);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [ref]);
  return onScreen && shown;
}
