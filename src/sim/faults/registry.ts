import type { FaultSpec } from '../../domain/faults';
import type { Fault } from './contract';
import { cryptoMining } from './crypto-mining';
import { ddos } from './ddos';
import { diskFailure } from './disk-failure';
import { memoryLeak } from './memory-leak';

/** Every fault that can be injected. crypto-mining is the simplest: the one to copy. */
export const FAULTS: readonly Fault[] = [memoryLeak, ddos, cryptoMining, diskFailure];

export const FAULT_SPECS: readonly FaultSpec[] = FAULTS.map((fault) => fault.spec);

/** The fault with this id; undefined when there is none. */
export function findFault(id: string): Fault | undefined {
  return FAULTS.find((fault) => fault.spec.id === id);
}
