import type { Scenario } from '../../domain/scenario';
import { parseScenario } from '../../domain/scenario-check';
import { SCENARIO_CONTEXT } from './context';
import badHardware from './files/bad-hardware.json';
import cascadingCacheFailure from './files/cascading-cache-failure.json';
import credentialStuffingWave from './files/credential-stuffing-wave.json';
import ddosTwoRegions from './files/ddos-two-regions.json';
import deployGoneWrong from './files/deploy-gone-wrong.json';
import drill from './files/drill.json';
import leakyRelease from './files/leaky-release.json';
import noisyButHealthy from './files/noisy-but-healthy.json';
import quietWeek from './files/quiet-week.json';
import ransomwareNight from './files/ransomware-night.json';
import slowExfiltration from './files/slow-exfiltration.json';

/** Every scenario that comes with the app: one JSON file each, as a person would write it. */
export const SCENARIOS: readonly Scenario[] = [
  quietWeek,
  noisyButHealthy,
  deployGoneWrong,
  ddosTwoRegions,
  leakyRelease,
  slowExfiltration,
  ransomwareNight,
  cascadingCacheFailure,
  credentialStuffingWave,
  badHardware,
  drill,
].map(readShipped);

/** The scenario with this id; undefined when there is none. */
export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}

/** The same check as for a file from outside. Throws when it is refused, since these are part of the program. */
function readShipped(json: unknown): Scenario {
  const read = parseScenario(JSON.stringify(json), SCENARIO_CONTEXT);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}
