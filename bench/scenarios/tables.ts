import { MEMBERS } from '../../src/domain/scoreboard';
import type { FaultSummary } from './faults';
import type { ScenarioRun } from './scenario-run';

/** Rows of text under a header, columns padded; the first column left, the others right. */
export function formatRows(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string =>
    widths
      .map((width, i) => (i === 0 ? (row[i] ?? '').padEnd(width) : (row[i] ?? '').padStart(width)))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

/** A ratio 0..1 in percent; – where there is none. */
export const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : '–');
const number = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');

/** One line a fault: found and delay of the hybrid, found of each member. */
export function faultTable(summaries: readonly FaultSummary[]): string {
  const faults = [...new Set(summaries.map((row) => row.fault))];
  const rows = faults.map((fault) => {
    const [hybrid, metrics, logs] = MEMBERS.map((member) =>
      summaries.find((row) => row.fault === fault && row.member === member),
    );
    return [
      fault,
      String(hybrid?.runs ?? 0),
      percent(hybrid?.found ?? Number.NaN),
      percent(metrics?.found ?? Number.NaN),
      percent(logs?.found ?? Number.NaN),
      percent(hybrid?.eventRecall ?? Number.NaN),
      number(hybrid?.medianSamples ?? Number.NaN, 0),
      number(hybrid?.p90Samples ?? Number.NaN, 0),
      percent(hybrid?.beforeHalf ?? Number.NaN),
    ];
  });
  const header = ['fault', 'runs', 'found', 'metrics', 'logs', 'by device', 'median', 'p90', 'before half'];
  return formatRows(header, rows);
}

/** One line a scenario and member, then one a scenario and fault. */
export function scenarioTable(runs: readonly ScenarioRun[]): string {
  const scenarios = runs.flatMap((run) =>
    MEMBERS.map((member) => {
      const { precision, recall, f1, averagePrecision, byEvent, alarms } = run.members[member];
      return [
        member === 'hybrid' ? `${run.id}${run.healthy ? ' (healthy)' : ''}` : '',
        member,
        number(run.hours, 1),
        ...[precision, recall, f1, averagePrecision, run.vusPr[member]].map((value) => number(value, 2)),
        `${byEvent.hits}/${byEvent.events}`,
        number(byEvent.rangeRecall, 2),
        number(alarms.rangePrecision, 2),
        number(byEvent.medianDelayMs / 1000, 0),
        `${alarms.falseAlarms} (${alarms.duringNormalEvents})`,
        number(alarms.perDeviceDay, 2),
      ];
    }),
  );
  const header = ['scenario', 'member', 'hours', 'precision', 'recall', 'F1', 'AP', 'VUS-PR', 'events'];
  const more = ['range recall', 'range precision', 'delay s', 'false (normal events)', 'a device and day'];
  const faults = runs.flatMap((run) =>
    run.faults.map(({ fault, members }, i) => [
      i === 0 ? run.id : '',
      fault,
      ...MEMBERS.map((member) => `${members[member].byEvent.hits}/${members[member].byEvent.events}`),
      number(members.hybrid.byEvent.medianDelayMs / 1000, 0),
      number(members.hybrid.byEvent.p90DelayMs / 1000, 0),
    ]),
  );
  return [
    formatRows([...header, ...more], scenarios),
    formatRows(['scenario', 'fault', ...MEMBERS, 'delay s', 'p90 s'], faults),
  ].join('\n\n');
}
