/** Bits of a device's mark: an alert is open or about to; its log lines spoke of trouble within the last quarter of an hour. */
const SUSPECT = 1;
const LOGS_SPOKE = 2;

/** What both pipelines are told of a device with a batch. */
export function markOf(isSuspect: boolean, logsSpoke: boolean): number {
  return (isSuspect ? SUSPECT : 0) | (logsSpoke ? LOGS_SPOKE : 0);
}

/** Whether nothing is to be learned from a device. marks: one byte a device; one that has none is not suspect. */
export function isSuspect(marks: Uint8Array, device: number): boolean {
  return (marks[device] & SUSPECT) !== 0;
}

/** Whether its log lines spoke of trouble a short while ago. */
export function haveLogsSpoken(marks: Uint8Array, device: number): boolean {
  return (marks[device] & LOGS_SPOKE) !== 0;
}
