import { type EventEntry, MEMBERS, type Member } from '../domain/scoreboard';
import type { LedgerState } from './board-state';
import type { ClosedAlert, ClosedEvent } from './event-sums';
import { copyEvent, noteSpan, type OpenEvent, type TruthSpan } from './open-events';
import { rangePrecisionOf, rangeRecallOf, sharedMs } from './ranges';
import type { SampleTruth } from './sample-tally';
import { overlaps, type Segment } from './segments';

interface OpenAlert {
  readonly device: number;
  readonly scenario: string;
  readonly from: number;
  readonly raisedAt: number;
  to: number;
}

export interface LedgerOptions {
  readonly stepMs: number;
  /** An alert that begins so long after a fault's end is no false alarm, since the way back is a change too; but nor is it a hit. */
  readonly graceMs: number;
  readonly onEvent: (member: Member, event: ClosedEvent) => void;
  readonly onUnseen: (member: Member, event: Pick<TruthSpan, 'fault'> & { readonly scenario: string }) => void;
  readonly onAlert: (member: Member, alert: ClosedAlert) => void;
}

const OUTSIDE: readonly SampleTruth[] = MEMBERS.map(() => ({ faults: [], inNormalEvent: false, isHidden: false }));
/** An alert may begin with a sample that was flagged shortly before it was raised. */
const RAISE_SLACK_STEPS = 3;

/**
 * Events and alerts as they come, in order of time. Each is settled as soon as nothing that still runs can change it, and then
 * forgotten: memory is what runs. Gives the same figures as `scoreEvents` over the whole list.
 */
export interface EventLedger {
  /** Truth of the samples from `from` on that come next: all spans that reach into them. */
  follow(spans: readonly TruthSpan[], from: number, scenario: string): void;
  /** Where a sample of the device at t stands, one entry a member. isScored: whether anybody could score it. */
  look(device: number, t: number, isScored: boolean): readonly SampleTruth[];
  /** A flagged sample at t of an alert that begins at `from`: the first such call raises it. */
  alarm(member: Member, device: number, from: number, t: number, scenario: string): void;
  /** The alert that stands on the device will not go on. Nothing happens where none does. */
  rest(member: Member, device: number): void;
  /** Data of the device were refused at t. */
  refuse(device: number, t: number): void;
  /** Settles what can be. now: time of the last sample of the fleet. */
  settle(now: number): void;
  /** What is not settled, as it would be if the run ended at `now`. Events that run unnoticed are given apart. */
  provisional(member: Member, now: number): Provisional;
  /** All that runs, as plain data. */
  save(): LedgerState;
}

export interface Provisional {
  readonly events: readonly ClosedEvent[];
  readonly alerts: readonly ClosedAlert[];
  readonly running: readonly EventEntry[];
}

/** Empty, or as it was saved. */
export function createEventLedger(options: LedgerOptions, saved?: LedgerState): EventLedger {
  const { stepMs, graceMs } = options;
  const events = new Map<number, OpenEvent[]>();
  for (const event of saved?.events ?? [])
    events.set(event.device, [...(events.get(event.device) ?? []), copyEvent(event)]);
  const alerts = new Map<Member, Map<number, OpenAlert>>(
    MEMBERS.map((member) => [member, new Map(saved?.alerts[member].map((alert) => [alert.device, { ...alert }]))]),
  );
  const alertOn = (member: Member, device: number): OpenAlert | undefined => alerts.get(member)?.get(device);

  /** The part of an event that could be seen, both ends included. Ends before it begins where there is none. */
  const extent = (event: OpenEvent, now: number): Segment => ({
    device: event.device,
    from: event.from,
    to: Math.min(event.to - stepMs, event.cutAt - stepMs, now),
  });
  const graced = (event: OpenEvent, now: number): Segment => ({
    ...extent(event, now),
    to: Math.min(event.to, event.cutAt) - stepMs + graceMs,
  });
  const isUnseen = (event: OpenEvent, m: number): boolean =>
    !event.isVisible[m] || event.cutAt <= event.from || (event.seen === 0 && event.blind > 0);
  const faultsOn = (device: number): readonly OpenEvent[] =>
    (events.get(device) ?? []).filter((event) => !event.isNormal && event.cutAt > event.from);

  const closeAlert = (alert: OpenAlert, now: number): ClosedAlert => {
    const faults = faultsOn(alert.device);
    const normal = (events.get(alert.device) ?? []).find(
      (event) => event.isNormal && overlaps(graced(event, now), alert),
    );
    return {
      entry: { ...alert, during: normal?.fault ?? '' },
      isFalse: !faults.some((event) => overlaps(graced(event, now), alert)),
      rangePrecision: rangePrecisionOf(
        alert,
        faults.map((event) => extent(event, now)),
        stepMs,
      ),
    };
  };

  const entryOf = (event: OpenEvent, m: number, now: number): EventEntry => ({
    device: event.device,
    fault: event.fault,
    scenario: event.scenario,
    from: event.from,
    to: extent(event, now).to,
    noticedAt: Number.isNaN(event.noticedAt[m]) ? undefined : event.noticedAt[m],
  });

  const closeEvent = (event: OpenEvent, m: number, now: number): ClosedEvent => {
    const range = extent(event, now);
    const standing = alertOn(MEMBERS[m], event.device);
    const sharedNow = standing === undefined ? 0 : sharedMs(range, standing, stepMs);
    const coverage = {
      coveredMs: event.coveredMs[m] + sharedNow,
      pieces: event.pieces[m] + (sharedNow > 0 ? 1 : 0),
    };
    return {
      entry: entryOf(event, m, now),
      halfAt: event.halfAt,
      rangeRecall: rangeRecallOf(range, coverage, stepMs),
    };
  };

  const rest = (member: Member, device: number): void => {
    const alert = alertOn(member, device);
    if (alert === undefined) return;
    alerts.get(member)?.delete(device);
    options.onAlert(member, closeAlert(alert, alert.to));
    const m = MEMBERS.indexOf(member);
    for (const event of events.get(device) ?? []) {
      const shared = sharedMs(extent(event, alert.to), alert, stepMs);
      if (shared <= 0) continue;
      event.coveredMs[m] += shared;
      event.pieces[m]++;
    }
  };

  /** Over, and so long ago that no alert can still begin on it, nor does one that did still stand. */
  const isOver = (event: OpenEvent, now: number): boolean => {
    const end = Math.min(event.to, event.cutAt) + graceMs;
    // NaN: nothing was scored yet.
    if (!(now > end + RAISE_SLACK_STEPS * stepMs)) return false;
    return MEMBERS.every((member) => {
      const alert = alertOn(member, event.device);
      return alert === undefined || alert.from > end;
    });
  };

  return {
    follow: (spans, from, scenario) => {
      const told = new Set<OpenEvent>();
      for (const span of spans) told.add(noteSpan(events, span, scenario));
      // What runs on according to earlier news but is not told any more was stopped.
      for (const list of events.values()) {
        for (const event of list) if (!told.has(event) && event.to > from) event.to = Math.max(event.from, from);
      }
    },
    look: (device, t, isScored) => {
      const list = events.get(device);
      if (list === undefined) return OUTSIDE;
      const here = list.filter((event) => t >= event.from && t < event.to);
      for (const event of here) {
        if (isScored) event.seen++;
        else event.blind++;
      }
      const inNormalEvent = here.some((event) => event.isNormal);
      const faults = here.filter((event) => !event.isNormal);
      return MEMBERS.map((_, m) => {
        const visible = faults.filter((event) => event.isVisible[m]);
        return {
          faults: visible.map((event) => event.fault),
          inNormalEvent,
          isHidden: faults.length > 0 && visible.length === 0,
        };
      });
    },
    alarm: (member, device, from, t, scenario) => {
      const standing = alertOn(member, device);
      if (standing === undefined) alerts.get(member)?.set(device, { device, scenario, from, raisedAt: t, to: t });
      else standing.to = t;
      const m = MEMBERS.indexOf(member);
      for (const event of events.get(device) ?? []) {
        const end = Math.min(event.to, event.cutAt) - stepMs;
        if (Number.isNaN(event.noticedAt[m]) && t >= event.from && t <= end) event.noticedAt[m] = t;
      }
    },
    rest,
    refuse: (device, t) => {
      for (const event of events.get(device) ?? []) {
        if (t < event.from || t >= event.to) continue;
        event.blind++;
        event.cutAt = Math.min(event.cutAt, t);
      }
    },
    settle: (now) => {
      for (const [device, list] of events) {
        const open = list.filter((event) => {
          if (!isOver(event, now)) return true;
          if (event.isNormal || event.to <= event.from) return false;
          MEMBERS.forEach((member, m) => {
            if (isUnseen(event, m)) options.onUnseen(member, event);
            else options.onEvent(member, closeEvent(event, m, now));
          });
          return false;
        });
        if (open.length === 0) events.delete(device);
        else if (open.length < list.length) events.set(device, open);
      }
    },
    provisional: (member, now) => {
      const m = MEMBERS.indexOf(member);
      const closed: ClosedEvent[] = [];
      const running: EventEntry[] = [];
      for (const event of [...events.values()].flat()) {
        if (event.isNormal || event.from > now || event.to <= event.from || isUnseen(event, m)) continue;
        const missed = Number.isNaN(event.noticedAt[m]);
        if (missed && now <= Math.min(event.to, event.cutAt) - stepMs) running.push(entryOf(event, m, now));
        else closed.push(closeEvent(event, m, now));
      }
      const standing = [...(alerts.get(member)?.values() ?? [])].map((alert) => closeAlert(alert, now));
      return { events: closed, alerts: standing, running };
    },
    save: () => {
      const ofMember = (member: Member) => [...(alerts.get(member)?.values() ?? [])].map((alert) => ({ ...alert }));
      return {
        events: [...events.values()].flat().map(copyEvent),
        alerts: { hybrid: ofMember('hybrid'), metrics: ofMember('metrics'), logs: ofMember('logs') },
      };
    },
  };
}
