import type { FaultSpec } from '../../domain/faults';
import { badDeploy } from './bad-deploy';
import { cascadingFailure } from './cascading-failure';
import { clockSkew } from './clock-skew';
import { connectionPool } from './connection-pool';
import type { Fault } from './contract';
import { cpuHog } from './cpu-hog';
import { crashLoop } from './crash-loop';
import { credentialStuffing } from './credential-stuffing';
import { cryptoMining } from './crypto-mining';
import { dataExfiltration } from './data-exfiltration';
import { ddos } from './ddos';
import { diskFailure } from './disk-failure';
import { diskFull } from './disk-full';
import { diskThrashing } from './disk-thrashing';
import { dnsFailure } from './dns-failure';
import { logStorm } from './log-storm';
import { memoryLeak } from './memory-leak';
import { networkPartition } from './network-partition';
import { noisyNeighbour } from './noisy-neighbour';
import { packetLoss } from './packet-loss';
import { ransomware } from './ransomware';
import { slowCreep } from './slow-creep';
import { stuckSensor } from './stuck-sensor';

/** Every fault that can be injected. cpu-hog is the simplest: the one to copy. */
export const FAULTS: readonly Fault[] = [
  memoryLeak,
  ddos,
  cryptoMining,
  diskFailure,
  cpuHog,
  diskFull,
  diskThrashing,
  networkPartition,
  packetLoss,
  dnsFailure,
  logStorm,
  badDeploy,
  crashLoop,
  credentialStuffing,
  dataExfiltration,
  stuckSensor,
  clockSkew,
  connectionPool,
  noisyNeighbour,
  cascadingFailure,
  slowCreep,
  ransomware,
];

export const FAULT_SPECS: readonly FaultSpec[] = FAULTS.map((fault) => fault.spec);

/** The fault with this id; undefined when there is none. */
export function findFault(id: string): Fault | undefined {
  return BY_ID.get(id);
}

const BY_ID: ReadonlyMap<string, Fault> = new Map(FAULTS.map((fault) => [fault.spec.id, fault]));
