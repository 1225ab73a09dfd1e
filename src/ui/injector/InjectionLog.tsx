import { Square } from 'lucide-react';
import type { Injection } from '../../domain/faults';
import { Button } from '../components/Button';
import { Badge, type BadgeTone } from '../components/badges';
import { EmptyState } from '../components/EmptyState';
import type { ShapeKind } from '../components/Shape';
import { Time } from '../components/Time';
import { formatCoordinates, formatDuration, formatPercent, withLocalTimes } from '../format';
import { useApp, useAppState, useFacts } from '../hooks';
import styles from './injector.module.css';

const LOOKS: Readonly<Record<Injection['status'], readonly [string, BadgeTone, ShapeKind]>> = {
  scheduled: ['Scheduled', 'quiet', 'dash'],
  running: ['Running', 'accent', 'circle'],
  ended: ['Ended', 'quiet', 'check'],
  stopped: ['Stopped', 'quiet', 'square'],
  refused: ['Refused', 'danger', 'lock'],
};

const SHOWN = 30;

/** What was injected so far, newest first; running ones can be stopped. */
export function InjectionLog() {
  const facts = useFacts(['injections'], (app) => app.engine.injections());
  const injections = [...(facts.data ?? [])].sort((a, b) => b.from - a.from).slice(0, SHOWN);
  return (
    <section aria-labelledby="injection-log">
      <h3 id="injection-log" className={styles.logTitle}>
        Log of injections
      </h3>
      {facts.status === 'failed' && injections.length === 0 ? (
        <EmptyState
          kind="failed"
          title="The log could not be read"
          detail={facts.error}
          action={{ label: 'Try again', onClick: facts.reload }}
        />
      ) : null}
      {facts.status !== 'failed' && injections.length === 0 ? (
        <p className={styles.none}>{facts.status === 'loading' ? 'Loading …' : 'Nothing was injected yet.'}</p>
      ) : null}
      <ol className={styles.log}>
        {injections.map((injection) => (
          <Entry key={injection.id} injection={injection} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ injection }: { readonly injection: Injection }) {
  const { commands } = useApp();
  const zone = useAppState((state) => state.preferences.timeZone);
  const [word, tone, shape] = LOOKS[injection.status];
  const { origin } = injection;
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        <Badge tone={tone} shape={shape}>
          {word}
        </Badge>
        <b>{injection.faultLabel}</b>
        {injection.by === 'ambient' ? <span className={styles.quiet}>by the fleet itself</span> : null}
      </div>
      <p className={styles.quiet}>
        {injection.deviceName} · <Time t={injection.from} style="datetime" /> · {formatPercent(injection.intensity, 0)}
        {injection.status === 'refused' ? null : ` for ${formatDuration(injection.to - injection.from)}`}
      </p>
      <p className={styles.quiet}>
        from {origin.city}, {origin.country} ({formatCoordinates(origin.latitude, origin.longitude)})
      </p>
      {injection.note === '' ? null : <p className={styles.error}>{withLocalTimes(injection.note, zone)}</p>}
      {injection.status === 'running' || injection.status === 'scheduled' ? (
        <Button
          variant="ghost"
          icon={<Square aria-hidden="true" />}
          aria-label={`Stop ${injection.faultLabel} on ${injection.deviceName}`}
          onClick={() => void commands.stopInjection(injection.id)}
        >
          Stop
        </Button>
      ) : null}
    </li>
  );
}
