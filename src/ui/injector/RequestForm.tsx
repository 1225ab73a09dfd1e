import type { FieldProblem } from '../../domain/fields';
import { RangeField } from '../components/fields';
import { formatPercent } from '../format';
import { CourseFields } from './CourseFields';
import { DraftNumber } from './DraftNumber';
import { intensitySpec, withFault } from './draft';
import { FaultPicker } from './FaultPicker';
import styles from './injector.module.css';
import { problemAt } from './problems';
import { type DraftFieldsProps, TargetFields } from './TargetFields';

/** Fields that show what is wrong with them themselves. */
const SHOWN_BESIDE = [
  'durationMs',
  'target.share',
  'target.deviceIds',
  'target.name',
  'onset.seconds',
  'start.seconds',
  'start.everySeconds',
  'start.times',
  'start.firstInSeconds',
];

/** A request field by field; what is wrong stands beside its field, and below where it has none. */
export function RequestForm(props: DraftFieldsProps) {
  const { run, draft, problems, onChange } = props;
  const fault = run.faults.find(({ id }) => id === draft.fault);
  const rest = problems.filter(({ path }) => !isShownBeside(path));
  return (
    <div className={styles.form}>
      <FaultPicker faults={run.faults} value={draft.fault} onChange={(chosen) => onChange(withFault(draft, chosen))} />
      <TargetFields {...props} />
      <RangeField
        spec={intensitySpec(fault)}
        value={draft.intensity}
        format={(share) => formatPercent(share, 0)}
        onChange={(intensity) => onChange({ intensity })}
      />
      <DraftNumber
        label="Duration"
        unit="s"
        value={draft.durationS}
        help="How long the fault lasts."
        error={problemAt(problems, 'durationMs', 'Duration', draft)}
        onChange={(durationS) => onChange({ durationS })}
      />
      <CourseFields {...props} fault={fault} />
      <ProblemList problems={rest} />
    </div>
  );
}

/** Every problem in a line of its own; nothing where there is none. */
export function ProblemList({ problems }: { readonly problems: readonly FieldProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems} role="alert" aria-label="What is wrong">
      {problems.map(({ path, message }) => (
        <li key={`${path} ${message}`}>{message}</li>
      ))}
    </ul>
  );
}

function isShownBeside(path: string): boolean {
  return path.startsWith('params.') || SHOWN_BESIDE.some((shown) => path === shown || path.startsWith(`${shown}[`));
}
