import { type GeoPermissibleObjects, geoEquirectangular, geoGraticule10, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';
import { FLAT_BOTTOM, FLAT_TOP } from './project-flat';
import type { MapColors } from './types';

interface World {
  readonly land: GeoPermissibleObjects;
  readonly borders: GeoPermissibleObjects;
}

let world: World | undefined;

/** The bundled map (Natural Earth 1:110m through world-atlas), unpacked once. */
function readWorld(): World {
  if (world !== undefined) return world;
  // The package ships plain JSON whose type TypeScript widens; its shape is fixed by the pinned version.
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
  world = {
    land: feature(topology, topology.objects.countries),
    borders: mesh(topology, topology.objects.countries, (a, b) => a !== b),
  };
  return world;
}

/**
 * Paints the world into a canvas in the given colours, equirectangular.
 * `extent`: `whole` = 90 N to 90 S, the texture of the globe; `flat` = cropped as `projectFlat` has it.
 */
export function paintWorld(canvas: HTMLCanvasElement, colors: MapColors, extent: 'whole' | 'flat'): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { width, height } = canvas;
  const top = extent === 'whole' ? 90 : FLAT_TOP;
  const bottom = extent === 'whole' ? -90 : FLAT_BOTTOM;
  const scale = height / (((top - bottom) * Math.PI) / 180);
  const projection = geoEquirectangular()
    .scale(scale)
    .translate([width / 2, (scale * top * Math.PI) / 180])
    .precision(0.3);
  const path = geoPath(projection, context);
  const { land, borders } = readWorld();
  context.fillStyle = colors.ocean;
  context.fillRect(0, 0, width, height);
  stroke(context, colors.grid, width / 2400, () => path(geoGraticule10()));
  context.beginPath();
  path(land);
  context.fillStyle = colors.land;
  context.fill();
  stroke(context, colors.border, width / 1600, () => path(borders));
}

function stroke(context: CanvasRenderingContext2D, color: string, width: number, draw: () => void): void {
  context.beginPath();
  draw();
  context.strokeStyle = color;
  context.lineWidth = Math.max(0.5, width);
  context.stroke();
}
