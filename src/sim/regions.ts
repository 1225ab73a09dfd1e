import type { Region } from '../domain/catalog';

/**
 * Cities in which the large cloud providers run data centres; ids are the IATA codes of their airports.
 * Degrees, WGS 84, rounded to 0.01 (city level).
 */
export const REGIONS: readonly Region[] = [
  { id: 'iad', city: 'Ashburn', country: 'United States', latitude: 39.04, longitude: -77.49 },
  { id: 'cmh', city: 'Columbus', country: 'United States', latitude: 39.96, longitude: -83.0 },
  { id: 'sfo', city: 'San Francisco', country: 'United States', latitude: 37.77, longitude: -122.42 },
  { id: 'pdx', city: 'Portland', country: 'United States', latitude: 45.52, longitude: -122.68 },
  { id: 'yul', city: 'Montreal', country: 'Canada', latitude: 45.5, longitude: -73.57 },
  { id: 'gru', city: 'São Paulo', country: 'Brazil', latitude: -23.55, longitude: -46.63 },
  { id: 'scl', city: 'Santiago', country: 'Chile', latitude: -33.45, longitude: -70.67 },
  { id: 'dub', city: 'Dublin', country: 'Ireland', latitude: 53.35, longitude: -6.26 },
  { id: 'lhr', city: 'London', country: 'United Kingdom', latitude: 51.51, longitude: -0.13 },
  { id: 'cdg', city: 'Paris', country: 'France', latitude: 48.86, longitude: 2.35 },
  { id: 'fra', city: 'Frankfurt', country: 'Germany', latitude: 50.11, longitude: 8.68 },
  { id: 'arn', city: 'Stockholm', country: 'Sweden', latitude: 59.33, longitude: 18.07 },
  { id: 'mxp', city: 'Milan', country: 'Italy', latitude: 45.46, longitude: 9.19 },
  { id: 'waw', city: 'Warsaw', country: 'Poland', latitude: 52.23, longitude: 21.01 },
  { id: 'dxb', city: 'Dubai', country: 'United Arab Emirates', latitude: 25.2, longitude: 55.27 },
  { id: 'jnb', city: 'Johannesburg', country: 'South Africa', latitude: -26.2, longitude: 28.05 },
  { id: 'bom', city: 'Mumbai', country: 'India', latitude: 19.08, longitude: 72.88 },
  { id: 'sin', city: 'Singapore', country: 'Singapore', latitude: 1.35, longitude: 103.82 },
  { id: 'cgk', city: 'Jakarta', country: 'Indonesia', latitude: -6.21, longitude: 106.85 },
  { id: 'hkg', city: 'Hong Kong', country: 'Hong Kong', latitude: 22.32, longitude: 114.17 },
  { id: 'icn', city: 'Seoul', country: 'South Korea', latitude: 37.57, longitude: 126.98 },
  { id: 'nrt', city: 'Tokyo', country: 'Japan', latitude: 35.68, longitude: 139.69 },
  { id: 'syd', city: 'Sydney', country: 'Australia', latitude: -33.87, longitude: 151.21 },
  { id: 'akl', city: 'Auckland', country: 'New Zealand', latitude: -36.85, longitude: 174.76 },
];

/** The region with this id; undefined when there is none. */
export function findRegion(id: string): Region | undefined {
  return REGIONS.find((region) => region.id === id);
}
