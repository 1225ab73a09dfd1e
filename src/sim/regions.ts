import type { Region } from '../domain/catalog';

/**
 * Cities in which the large cloud providers run data centres; ids are the IATA codes of their airports.
 * Degrees, WGS 84, rounded to 0.01 (city level).
 * Behind each: public regions that stand there.
 */
export const REGIONS: readonly Region[] = [
  { id: 'iad', city: 'Ashburn', country: 'United States', latitude: 39.04, longitude: -77.49 }, // AWS us-east-1, Azure eastus
  { id: 'cmh', city: 'Columbus', country: 'United States', latitude: 39.96, longitude: -83.0 }, // AWS us-east-2, Google us-east5
  { id: 'sfo', city: 'San Francisco', country: 'United States', latitude: 37.77, longitude: -122.42 }, // AWS us-west-1
  { id: 'pdx', city: 'Portland', country: 'United States', latitude: 45.52, longitude: -122.68 }, // AWS us-west-2, Google us-west1
  { id: 'yul', city: 'Montreal', country: 'Canada', latitude: 45.5, longitude: -73.57 }, // AWS ca-central-1, Google northamerica-northeast1
  { id: 'gru', city: 'São Paulo', country: 'Brazil', latitude: -23.55, longitude: -46.63 }, // AWS sa-east-1, Azure brazilsouth
  { id: 'scl', city: 'Santiago', country: 'Chile', latitude: -33.45, longitude: -70.67 }, // Google southamerica-west1
  { id: 'dub', city: 'Dublin', country: 'Ireland', latitude: 53.35, longitude: -6.26 }, // AWS eu-west-1, Azure northeurope
  { id: 'lhr', city: 'London', country: 'United Kingdom', latitude: 51.51, longitude: -0.13 }, // AWS eu-west-2, Azure uksouth
  { id: 'cdg', city: 'Paris', country: 'France', latitude: 48.86, longitude: 2.35 }, // AWS eu-west-3, Azure francecentral
  { id: 'fra', city: 'Frankfurt', country: 'Germany', latitude: 50.11, longitude: 8.68 }, // AWS eu-central-1, Google europe-west3
  { id: 'arn', city: 'Stockholm', country: 'Sweden', latitude: 59.33, longitude: 18.07 }, // AWS eu-north-1
  { id: 'mxp', city: 'Milan', country: 'Italy', latitude: 45.46, longitude: 9.19 }, // AWS eu-south-1, Azure italynorth
  { id: 'waw', city: 'Warsaw', country: 'Poland', latitude: 52.23, longitude: 21.01 }, // Google europe-central2, Azure polandcentral
  { id: 'dxb', city: 'Dubai', country: 'United Arab Emirates', latitude: 25.2, longitude: 55.27 }, // AWS me-central-1, Azure uaenorth
  { id: 'jnb', city: 'Johannesburg', country: 'South Africa', latitude: -26.2, longitude: 28.05 }, // Azure southafricanorth, Google africa-south1
  { id: 'bom', city: 'Mumbai', country: 'India', latitude: 19.08, longitude: 72.88 }, // AWS ap-south-1, Google asia-south1
  { id: 'sin', city: 'Singapore', country: 'Singapore', latitude: 1.35, longitude: 103.82 }, // AWS ap-southeast-1, Azure southeastasia
  { id: 'cgk', city: 'Jakarta', country: 'Indonesia', latitude: -6.21, longitude: 106.85 }, // AWS ap-southeast-3, Google asia-southeast2
  { id: 'hkg', city: 'Hong Kong', country: 'Hong Kong', latitude: 22.32, longitude: 114.17 }, // AWS ap-east-1, Azure eastasia
  { id: 'icn', city: 'Seoul', country: 'South Korea', latitude: 37.57, longitude: 126.98 }, // AWS ap-northeast-2, Google asia-northeast3
  { id: 'nrt', city: 'Tokyo', country: 'Japan', latitude: 35.68, longitude: 139.69 }, // AWS ap-northeast-1, Azure japaneast
  { id: 'syd', city: 'Sydney', country: 'Australia', latitude: -33.87, longitude: 151.21 }, // AWS ap-southeast-2, Azure australiaeast
  { id: 'akl', city: 'Auckland', country: 'New Zealand', latitude: -36.85, longitude: 174.76 }, // AWS ap-southeast-6, Azure newzealandnorth
];

/** The region with this id; undefined when there is none. */
export function findRegion(id: string): Region | undefined {
  return REGIONS.find((region) => region.id === id);
}

/** Parts of the world inside which traffic is moved from one region to another. */
export const ZONES = ['americas', 'emea', 'apac'] as const;
export type Zone = (typeof ZONES)[number];

/** The zone of each region and a name that no provider owns, as log lines say it. */
const PLACES: Readonly<Record<string, { readonly zone: Zone; readonly code: string }>> = {
  iad: { zone: 'americas', code: 'us-east' },
  cmh: { zone: 'americas', code: 'us-central' },
  sfo: { zone: 'americas', code: 'us-west' },
  pdx: { zone: 'americas', code: 'us-northwest' },
  yul: { zone: 'americas', code: 'ca-east' },
  gru: { zone: 'americas', code: 'br-south' },
  scl: { zone: 'americas', code: 'cl-central' },
  dub: { zone: 'emea', code: 'eu-west' },
  lhr: { zone: 'emea', code: 'uk-south' },
  cdg: { zone: 'emea', code: 'eu-southwest' },
  fra: { zone: 'emea', code: 'eu-central' },
  arn: { zone: 'emea', code: 'eu-north' },
  mxp: { zone: 'emea', code: 'eu-south' },
  waw: { zone: 'emea', code: 'eu-east' },
  dxb: { zone: 'emea', code: 'me-central' },
  jnb: { zone: 'emea', code: 'za-north' },
  bom: { zone: 'apac', code: 'in-west' },
  sin: { zone: 'apac', code: 'ap-southeast' },
  cgk: { zone: 'apac', code: 'id-west' },
  hkg: { zone: 'apac', code: 'ap-east' },
  icn: { zone: 'apac', code: 'kr-central' },
  nrt: { zone: 'apac', code: 'jp-east' },
  syd: { zone: 'apac', code: 'au-east' },
  akl: { zone: 'apac', code: 'nz-north' },
};

/** The zone of a region; an unknown one counts as emea. */
export function zoneOf(regionId: string): Zone {
  return PLACES[regionId]?.zone ?? 'emea';
}

/** Provider-neutral name of a region, e.g. `eu-central`; an unknown one is called by its id. */
export function regionCode(regionId: string): string {
  return PLACES[regionId]?.code ?? regionId;
}
