import Globe, { type GlobeInstance } from 'globe.gl';
import { CanvasTexture, MeshBasicMaterial, SRGBColorSpace } from 'three';
import { paintWorld } from './paint-world';
import type { MapArc, MapColors, MapDevice } from './types';

/** Whether frames are drawn: all the time, only after a change or a touch, or never. */
export type Motion = 'moving' | 'still' | 'hidden';

export interface GlobeScene {
  update(devices: readonly MapDevice[], arcs: readonly MapArc[], selected: number | undefined): void;
  setColors(colors: MapColors): void;
  resize(width: number, height: number): void;
  /** Turns the globe to a place. Degrees. */
  lookAt(latitude: number, longitude: number): void;
  setMotion(motion: Motion): void;
  /** Frees the WebGL context and every element. */
  dispose(): void;
}

export interface GlobeOptions {
  readonly colors: MapColors;
  readonly onSelect: (index: number) => void;
  /** The GPU took the context away. */
  readonly onLost: () => void;
}

interface Point {
  device: MapDevice;
  selected: boolean;
}

interface Ring {
  readonly lat: number;
  readonly lng: number;
  readonly color: string;
}

const TEXTURE_WIDTH = 2048;
const START_ALTITUDE = 1.75;
const FOCUS_ALTITUDE = 1.6;
/** Long enough for a camera flight and for the last turn after a drag. */
const WAKE_MS = 1400;

/**
 * Starts a globe inside `element`: a painted world (two draw calls), one disc a device, rings on alerts, arcs for attacks.
 * Throws when the browser gives no WebGL context.
 */
export function createGlobeScene(element: HTMLElement, options: GlobeOptions): GlobeScene {
  let colors = options.colors;
  const canvas = document.createElement('canvas');
  canvas.width = TEXTURE_WIDTH;
  canvas.height = TEXTURE_WIDTH / 2;
  paintWorld(canvas, colors, 'whole');
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  const material = new MeshBasicMaterial({ map: texture });
  const globe = new Globe(element, { rendererConfig: { antialias: false, alpha: true }, animateIn: false })
    .backgroundColor('rgba(0,0,0,0)')
    .globeMaterial(material)
    .showAtmosphere(true)
    .atmosphereColor(colors.glow)
    .atmosphereAltitude(0.11);
  const points = new Map<number, Point>();
  let rings: { key: string; list: Ring[] } = { key: '', list: [] };
  let arcKey = '';
  let motion: Motion = 'moving';
  let sleepTimer = 0;
  let resting = false;

  layPoints(globe, () => colors);
  layRings(globe);
  layArcs(globe, () => colors);
  globe.onPointClick((point) => options.onSelect((point as Point).device.index));
  globe.pointOfView({ lat: 25, lng: 5, altitude: START_ALTITUDE });
  const controls = globe.controls();
  controls.enablePan = false;
  controls.minDistance = 140;
  controls.maxDistance = 420;
  controls.autoRotateSpeed = 0.35;
  const dom = globe.renderer().domElement;
  const lost = (event: Event): void => {
    event.preventDefault();
    options.onLost();
  };
  const touched = (): void => wake();
  dom.addEventListener('webglcontextlost', lost);
  for (const type of TOUCHES) element.addEventListener(type, touched, { passive: true });

  function wake(): void {
    if (motion !== 'still') return;
    globe.resumeAnimation();
    window.clearTimeout(sleepTimer);
    sleepTimer = window.setTimeout(() => {
      if (motion === 'still') globe.pauseAnimation();
    }, WAKE_MS);
  }

  function drawRings(devices: readonly MapDevice[]): void {
    const alarmed = motion === 'moving' ? devices.filter((device) => device.state === 'alert') : [];
    const key = alarmed.map((device) => device.index).join();
    if (key === rings.key) return;
    rings = {
      key,
      list: alarmed.map((device) => ({ lat: device.latitude, lng: device.longitude, color: colors.states.alert })),
    };
    globe.ringsData(rings.list);
  }

  let last: { devices: readonly MapDevice[]; arcs: readonly MapArc[] } = { devices: [], arcs: [] };

  const scene: GlobeScene = {
    update: (devices, arcs, selected) => {
      last = { devices, arcs };
      const kept = new Set<number>();
      for (const device of devices) {
        const point = points.get(device.index);
        // globe.gl follows objects by identity: the same object moves, a new one is built anew.
        if (point === undefined) points.set(device.index, { device, selected: device.index === selected });
        else Object.assign(point, { device, selected: device.index === selected });
        kept.add(device.index);
      }
      for (const index of points.keys()) if (!kept.has(index)) points.delete(index);
      globe.pointsData([...points.values()]);
      drawRings(devices);
      // A globe that turns would carry away what was just picked.
      resting = selected !== undefined;
      controls.autoRotate = motion === 'moving' && !resting;
      const nextArcs = arcs.map((arc) => arc.id).join();
      if (nextArcs !== arcKey) {
        arcKey = nextArcs;
        globe.arcsData([...arcs]);
      }
      wake();
    },
    setColors: (next) => {
      colors = next;
      paintWorld(canvas, colors, 'whole');
      texture.needsUpdate = true;
      globe
        .atmosphereColor(colors.glow)
        .pointsData([...points.values()])
        .arcsData([...last.arcs]);
      rings = { key: '', list: [] };
      drawRings(last.devices);
      wake();
    },
    resize: (width, height) => {
      globe.width(width).height(height);
      wake();
    },
    lookAt: (latitude, longitude) => {
      globe.pointOfView({ lat: latitude, lng: longitude, altitude: FOCUS_ALTITUDE }, motion === 'moving' ? 900 : 0);
      wake();
    },
    setMotion: (next) => {
      if (next === motion) return;
      motion = next;
      controls.autoRotate = next === 'moving' && !resting;
      globe.arcDashAnimateTime(next === 'moving' ? 1800 : 0);
      drawRings(last.devices);
      if (next === 'moving') globe.resumeAnimation();
      else if (next === 'hidden') globe.pauseAnimation();
      else wake();
    },
    dispose: () => {
      window.clearTimeout(sleepTimer);
      dom.removeEventListener('webglcontextlost', lost);
      for (const type of TOUCHES) element.removeEventListener(type, touched);
      globe.ringsData([]);
      const renderer = globe.renderer();
      globe._destructor();
      controls.dispose();
      texture.dispose();
      material.dispose();
      // Without these two a browser keeps the context, and it keeps 16 in all.
      renderer.dispose();
      if (!renderer.getContext().isContextLost()) renderer.forceContextLoss();
      element.replaceChildren();
    },
  };
  controls.autoRotate = true;
  return scene;
}

const TOUCHES = ['pointerdown', 'pointermove', 'wheel'] as const;

function layPoints(globe: GlobeInstance, colors: () => MapColors): void {
  globe
    .pointLat((point) => (point as Point).device.latitude)
    .pointLng((point) => (point as Point).device.longitude)
    .pointAltitude((point) => ((point as Point).selected ? 0.05 : 0.012))
    .pointRadius((point) => radiusOf(point as Point))
    .pointColor((point) => colors().states[(point as Point).device.state])
    .pointResolution(16)
    .pointsTransitionDuration(0)
    .pointLabel((point) => labelOf((point as Point).device));
}

function radiusOf({ device, selected }: Point): number {
  const base = device.state === 'ok' || device.state === 'silent' ? 0.85 : 1.25;
  return selected ? base * 1.5 : base;
}

/** An element, never a string: globe.gl inserts strings as HTML, and device names come from files. */
function labelOf(device: MapDevice): HTMLElement {
  const label = document.createElement('div');
  label.textContent = `${device.name} · ${device.place} · ${device.state}`;
  return label;
}

function layRings(globe: GlobeInstance): void {
  globe
    .ringLat('lat')
    .ringLng('lng')
    .ringColor((ring: object) => (ring as Ring).color)
    .ringMaxRadius(5)
    .ringPropagationSpeed(2.2)
    .ringRepeatPeriod(1100)
    .ringAltitude(0.006);
}

function layArcs(globe: GlobeInstance, colors: () => MapColors): void {
  globe
    .arcStartLat('fromLatitude')
    .arcStartLng('fromLongitude')
    .arcEndLat('toLatitude')
    .arcEndLng('toLongitude')
    .arcColor(() => colors().arc)
    .arcStroke(0.45)
    .arcDashLength(0.5)
    .arcDashGap(0.25)
    .arcDashAnimateTime(1800)
    .arcsTransitionDuration(0)
    .arcLabel((arc: object) => {
      const label = document.createElement('div');
      label.textContent = (arc as MapArc).label;
      return label;
    });
}
