import type { Alert, Interval } from '../domain/alerts';
import type { AlertId, DeviceId } from '../domain/ids';
import { assertUnreachable } from '../domain/result';
import {
  type AlertEvidence,
  type AlertSubject,
  acknowledgeAlert,
  expireAlert,
  openAlert,
  reopenAlert,
  resolveAlert,
  updateAlert,
} from './alerts';
import { incidentOf, type RecentAlerts } from './incidents';

/** What is remembered of one device: its last alert, ongoing or not, and the one before it of each cause. Bounded. */
interface DevicePage {
  readonly current: Alert;
  readonly recent: RecentAlerts;
}

/** The alerts that may still change, by device. */
export type AlertBook = ReadonlyMap<DeviceId, DevicePage>;

export const EMPTY_BOOK: AlertBook = new Map();

export type AlertEvent =
  /** The interval opened or went on with a flagged sample. */
  | {
      readonly kind: 'flagged';
      readonly subject: AlertSubject;
      readonly interval: Interval;
      readonly evidence: AlertEvidence;
    }
  /** The interval closed on calm. */
  | { readonly kind: 'calmed'; readonly deviceId: DeviceId; readonly at: number }
  /** Nothing more will come of this device: quarantined, or gone. */
  | { readonly kind: 'cut-off'; readonly deviceId: DeviceId; readonly at: number }
  | { readonly kind: 'run-ended'; readonly at: number }
  | { readonly kind: 'acknowledged'; readonly alert: Alert; readonly acknowledged: boolean };

export interface AlertStep {
  readonly book: AlertBook;
  /** Alerts that are new or differ from before, to be stored. */
  readonly changed: readonly Alert[];
}

/**
 * The reducer: events in order in, the new book and the changed alerts (each once, in its last form) out. One interval gives one alert, whatever
 * the number of its events; an interval that opens while another of the device is ongoing resolves that one first. Unknown devices change nothing.
 */
export function stepAlerts(book: AlertBook, events: readonly AlertEvent[]): AlertStep {
  if (events.length === 0) return { book, changed: [] };
  const pages = new Map(book);
  const changed = new Map<AlertId, Alert>();
  for (const event of events) for (const alert of takeEvent(pages, event)) changed.set(alert.id, alert);
  return { book: pages, changed: [...changed.values()] };
}

/** Changes `pages` in place and gives the alerts that changed. */
function takeEvent(pages: Map<DeviceId, DevicePage>, event: AlertEvent): readonly Alert[] {
  switch (event.kind) {
    case 'flagged':
      return takeFlagged(pages, event);
    case 'calmed':
      return replaceCurrent(pages, event.deviceId, (alert) => resolveAlert(alert, event.at));
    case 'cut-off':
      return replaceCurrent(pages, event.deviceId, (alert) => expireAlert(alert, event.at));
    case 'run-ended':
      return [...pages.keys()].flatMap((device) =>
        replaceCurrent(pages, device, (alert) => expireAlert(alert, event.at)),
      );
    case 'acknowledged':
      return acknowledge(pages, event.alert, event.acknowledged);
    default:
      return assertUnreachable(event);
  }
}

/** The book of stored alerts, any order, to go on after a restart. */
export function bookFromAlerts(alerts: readonly Alert[]): AlertBook {
  const pages = new Map<DeviceId, DevicePage>();
  for (const alert of [...alerts].sort((a, b) => a.openedAt - b.openedAt)) {
    pages.set(alert.deviceId, { current: alert, recent: rememberCurrent(pages.get(alert.deviceId)) });
  }
  return pages;
}

/** The device's ongoing alert, if there is one. */
export function ongoingAlert(book: AlertBook, device: DeviceId): Alert | undefined {
  const current = book.get(device)?.current;
  return current?.state === 'ongoing' ? current : undefined;
}

function takeFlagged(
  pages: Map<DeviceId, DevicePage>,
  event: Extract<AlertEvent, { kind: 'flagged' }>,
): readonly Alert[] {
  const { subject, interval, evidence } = event;
  const page = pages.get(subject.deviceId);
  const sameInterval =
    page !== undefined && page.current.runId === subject.runId && page.current.openedAt === interval.from;
  if (sameInterval) {
    const updated = updateAlert(reopenAlert(page.current), interval, evidence, subject.stepMs);
    const alert =
      updated.cause === page.current.cause
        ? updated
        : { ...updated, incidentId: incidentOf(updated, page.recent.get(updated.cause)) };
    pages.set(subject.deviceId, { ...page, current: alert });
    return [alert];
  }
  const ended = replaceCurrent(pages, subject.deviceId, (alert) => resolveAlert(alert, alert.lastAt));
  const recent = rememberCurrent(pages.get(subject.deviceId));
  const opened = openAlert(subject, interval, evidence);
  const alert = { ...opened, incidentId: incidentOf(opened, recent.get(opened.cause)) };
  pages.set(subject.deviceId, { current: alert, recent });
  return [...ended, alert];
}

function rememberCurrent(page: DevicePage | undefined): RecentAlerts {
  if (page === undefined) return new Map();
  return new Map([...page.recent, [page.current.cause, page.current]]);
}

function replaceCurrent(
  pages: Map<DeviceId, DevicePage>,
  device: DeviceId,
  change: (alert: Alert) => Alert,
): readonly Alert[] {
  const page = pages.get(device);
  if (page === undefined) return [];
  const current = change(page.current);
  if (current === page.current) return [];
  pages.set(device, { ...page, current });
  return [current];
}

/** Also for alerts that the book no longer holds: they come from storage. */
function acknowledge(pages: Map<DeviceId, DevicePage>, alert: Alert, acknowledged: boolean): readonly Alert[] {
  const current = pages.get(alert.deviceId)?.current;
  if (current?.id !== alert.id) return [acknowledgeAlert(alert, acknowledged)];
  replaceCurrent(pages, alert.deviceId, (known) => acknowledgeAlert(known, acknowledged));
  return [acknowledgeAlert(current, acknowledged)];
}
