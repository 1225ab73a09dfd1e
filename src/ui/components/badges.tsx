import type { ReactNode } from 'react';
import type { DeviceState } from '../../domain/frame';
import { type Severity, severityOf } from '../../domain/scores';
import type { LogLevel } from '../../domain/telemetry';
import { formatNumber } from '../format';
import styles from './badges.module.css';
import { cx } from './cx';
import { Shape, type ShapeKind } from './Shape';

interface Look {
  readonly word: string;
  readonly shape: ShapeKind;
  readonly style: string;
}

const SEVERITY_LOOKS: Readonly<Record<Severity, Look>> = {
  warning: { word: 'Warning', shape: 'triangle', style: styles.warning },
  minor: { word: 'Minor', shape: 'circle', style: styles.minor },
  major: { word: 'Major', shape: 'diamond', style: styles.major },
  critical: { word: 'Critical', shape: 'octagon', style: styles.critical },
};

const STATE_LOOKS: Readonly<Record<DeviceState, Look>> = {
  ok: { word: 'OK', shape: 'check', style: styles.ok },
  warning: { word: 'Warning', shape: 'triangle', style: styles.warning },
  alert: { word: 'Alert', shape: 'octagon', style: styles.error },
  quarantined: { word: 'Quarantined', shape: 'lock', style: styles.quarantined },
  silent: { word: 'Silent', shape: 'ring', style: styles.silent },
};

const LEVEL_LOOKS: Readonly<Record<LogLevel, Look>> = {
  debug: { word: 'Debug', shape: 'ring', style: styles.silent },
  info: { word: 'Info', shape: 'square', style: styles.accent },
  warning: { word: 'Warning', shape: 'triangle', style: styles.warning },
  error: { word: 'Error', shape: 'diamond', style: styles.error },
  critical: { word: 'Critical', shape: 'octagon', style: styles.critical },
  unknown: { word: 'No level', shape: 'dash', style: styles.silent },
};

export type BadgeTone = 'ok' | 'accent' | 'quiet' | 'warning' | 'danger' | 'quarantine';

const TONES: Readonly<Record<BadgeTone, string>> = {
  ok: styles.ok,
  accent: styles.accent,
  quiet: styles.silent,
  warning: styles.warning,
  danger: styles.error,
  quarantine: styles.quarantined,
};

/** A word with a shape on a tinted ground. */
export function Badge({
  tone,
  shape,
  children,
}: {
  readonly tone: BadgeTone;
  readonly shape?: ShapeKind;
  readonly children: ReactNode;
}) {
  return (
    <span className={cx(styles.badge, TONES[tone])}>
      {shape === undefined ? null : <Shape kind={shape} />}
      {children}
    </span>
  );
}

function Looked({ look }: { readonly look: Look }) {
  return (
    <span className={cx(styles.badge, look.style)}>
      <Shape kind={look.shape} />
      {look.word}
    </span>
  );
}

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  return <Looked look={SEVERITY_LOOKS[severity]} />;
}

export function StateBadge({ state }: { readonly state: DeviceState }) {
  return <Looked look={STATE_LOOKS[state]} />;
}

export function LevelBadge({ level }: { readonly level: LogLevel }) {
  return <Looked look={LEVEL_LOOKS[level]} />;
}

const FILLS: Readonly<Record<Severity, string>> = {
  warning: styles.fillWarning,
  minor: styles.fillMinor,
  major: styles.fillMajor,
  critical: styles.fillCritical,
};

/** An anomaly score 0..100 as number and bar; NaN (warming up, nothing to say) as an en dash on an empty bar. */
export function ScoreBar({ score }: { readonly score: number }) {
  const severity = severityOf(score);
  const width = Number.isFinite(score) ? Math.min(100, Math.max(0, score)) : 0;
  return (
    <span className={styles.score}>
      <span className={styles.number}>{formatNumber(score)}</span>
      <span className={styles.track} aria-hidden="true">
        <span
          className={cx(styles.fill, severity === undefined ? undefined : FILLS[severity])}
          style={{ width: `${width}%` }}
        />
      </span>
    </span>
  );
}
