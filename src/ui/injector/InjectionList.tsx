import { Square } from 'lucide-react';
import type { Injection } from '../../domain/faults';
import { Button } from '../components/Button';
import { Badge, type BadgeTone } from '../components/badges';
import { EmptyState } from '../components/EmptyState';
import type { ShapeKind } from '../components/Shape';
import { Time } from '../components/Time';
import { formatDuration, formatNumber, formatPercent, withLocalTimes } from '../format';
import { type Facts, useApp, useAppState, useLive } from '../hooks';
import { groupInjections, type InjectionGroup, nextStart } from './injection-groups';
import styles from './injector.module.css';

const LOOKS: Readonly<Record<Injection['status'], readonly [string, BadgeTone, ShapeKind]>> = {
  scheduled: ['Scheduled', 'quiet', 'dash'],
  running: ['Running', 'accent', 'circle'],
  ended: ['Ended', 'quiet', 'check'],
  stopped: ['Stopped', 'quiet', 'square'],
  refused: ['Refused', 'danger', 'lock'],
};
const ORIGINS: Readonly<Record<Injection['by'], string>> = {
  operator: 'by hand',
  scenario: 'by the scenario',
  ambient: 'by the fleet itself',
};
/** Groups that are over, and devices of one group, are listed up to these numbers. */
const PAST_SHOWN = 30;
const DEVICES_SHOWN = 50;

/** What runs, what is to come and what was, a row for each request; whatever is open can be stopped. */
export function InjectionList({ facts }: { readonly facts: Facts<readonly Injection[]> }) {
  useLive(1);
  const { store } = useApp();
  const now = store.getState().frame?.now;
  const groups = groupInjections(facts.data ?? []);
  const open = groups.filter((group) => group.open.length > 0);
  const past = groups.filter((group) => group.open.length === 0);
  if (groups.length === 0) {
    return facts.status === 'failed' ? (
      <EmptyState
        kind="failed"
        title="The list could not be read"
        {...(facts.error === undefined ? {} : { detail: facts.error })}
        action={{ label: 'Try again', onClick: facts.reload }}
      />
    ) : (
      <EmptyState
        kind={facts.status === 'loading' ? 'loading' : 'empty'}
        title={facts.status === 'loading' ? 'Reading what was injected' : 'Nothing was injected yet'}
        {...(facts.status === 'loading' ? {} : { detail: 'What runs and what is to come can be stopped here.' })}
      />
    );
  }
  return (
    <div className={styles.lists}>
      <section aria-labelledby="open-injections">
        <h3 id="open-injections" className={styles.listTitle}>
          Running and scheduled
        </h3>
        {open.length === 0 ? <p className={styles.none}>Nothing runs, and nothing is to come.</p> : null}
        <ol>
          {open.map((group) => (
            <Row key={group.group} group={group} now={now} />
          ))}
        </ol>
      </section>
      {past.length === 0 ? null : (
        <section aria-labelledby="past-injections">
          <h3 id="past-injections" className={styles.listTitle}>
            Over
          </h3>
          <ol>
            {past.slice(0, PAST_SHOWN).map((group) => (
              <Row key={group.group} group={group} now={now} />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function Row({ group, now }: { readonly group: InjectionGroup; readonly now: number | undefined }) {
  const { commands } = useApp();
  const zone = useAppState((state) => state.preferences.timeZone);
  const { label, devices, open, all, by, refusals } = group;
  const [word, tone, shape] = LOOKS[group.status];
  const where = devices.length === 1 ? devices[0] : `${formatNumber(devices.length)} devices`;
  const [first] = all;
  return (
    <li className={styles.row} aria-label={`${label} on ${where}`}>
      <div className={styles.rowHead}>
        <Badge tone={tone} shape={shape}>
          {word}
        </Badge>
        <b className={styles.faultName}>{label}</b>
        {open.length === 0 ? null : (
          <Button
            icon={<Square aria-hidden="true" />}
            aria-label={`Stop ${label} on ${where}`}
            onClick={() => void commands.stopInjection(group.group)}
          >
            Stop
          </Button>
        )}
      </div>
      <p className={styles.quiet}>
        {where} · {formatPercent(first.intensity, 0)} · {ORIGINS[by]} · from {first.origin.city}
      </p>
      <p className={styles.quiet}>
        <TimeLeft group={group} now={now} />
      </p>
      {refusals.map(({ note, devices: refused }) => (
        <p key={note} className={styles.error}>
          {refused.slice(0, 3).join(', ')}
          {refused.length > 3 ? ` and ${refused.length - 3} more` : ''}: {withLocalTimes(note, zone)}
        </p>
      ))}
      {all.length > 1 ? <Members group={group} now={now} /> : null}
    </li>
  );
}

function TimeLeft({ group, now }: { readonly group: InjectionGroup; readonly now: number | undefined }) {
  const next = nextStart(group);
  if (now === undefined || group.open.length === 0) {
    return (
      <>
        <Time t={group.from} style="datetime" /> for {formatDuration(group.to - group.from)}
      </>
    );
  }
  if (group.status === 'running') {
    const end = group.open.reduce((last, { status, to }) => (status === 'running' ? Math.max(last, to) : last), 0);
    const again = Number.isFinite(next) ? `; again in ${formatDuration(Math.max(0, next - now))}` : '';
    return `${formatDuration(Math.max(0, end - now))} left${again}`;
  }
  return `begins in ${formatDuration(Math.max(0, next - now))}`;
}

/** Each device and time of a group, each with a way to stop it alone. */
function Members({ group, now }: { readonly group: InjectionGroup; readonly now: number | undefined }) {
  const { commands } = useApp();
  const listed = [...group.open, ...group.all.filter((one) => !group.open.includes(one))];
  return (
    <details className={styles.members}>
      <summary>
        {formatNumber(group.all.length)} in all
        {group.open.length > 0 ? `, ${formatNumber(group.open.length)} open` : ''}
      </summary>
      <ul>
        {listed.slice(0, DEVICES_SHOWN).map((one) => (
          <li key={one.id} className={styles.member}>
            <span className={styles.faultName}>{one.deviceName}</span>
            <span className={styles.quiet}>{tellMember(one, now)}</span>
            {one.status === 'running' || one.status === 'scheduled' ? (
              <Button
                variant="ghost"
                aria-label={`Stop ${one.faultLabel} on ${one.deviceName} alone`}
                onClick={() => void commands.stopInjection(one.id)}
              >
                Stop
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {listed.length > DEVICES_SHOWN ? (
        <p className={styles.quiet}>and {formatNumber(listed.length - DEVICES_SHOWN)} more</p>
      ) : null}
    </details>
  );
}

function tellMember({ status, from, to }: Injection, now: number | undefined): string {
  if (now === undefined) return LOOKS[status][0];
  if (status === 'running') return `${formatDuration(Math.max(0, to - now))} left`;
  if (status === 'scheduled') return `in ${formatDuration(Math.max(0, from - now))}`;
  return LOOKS[status][0];
}
