import { LOG_MEMBERS, METRIC_MEMBERS, type MetricMemberId, TRAINED_MEMBERS } from '../../../domain/members';
import type { ModelKind } from '../../../domain/models';
import type { Settings } from '../../../domain/settings';
import { SwitchField } from '../../components/fields';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';
import styles from './models.module.css';

interface MemberSwitchesProps {
  readonly kind: ModelKind;
  readonly settings: Settings;
}

/** What a model is joined from. Members of the metric model are switched one by one; one of the trained ones stays on. */
export function MemberSwitches({ kind, settings }: MemberSwitchesProps) {
  const { commands } = useApp();
  const { members } = settings;
  const trainedOn: readonly MetricMemberId[] = TRAINED_MEMBERS.map(({ id }) => id).filter((id) => members[id]);
  const isLast = (id: MetricMemberId): boolean => trainedOn.length === 1 && trainedOn[0] === id;
  return (
    <section className={layout.section} aria-label={`Members of the ${kind === 'metrics' ? 'metric' : 'log'} model`}>
      <h3 className={layout.heading}>Members</h3>
      {kind === 'metrics' ? (
        METRIC_MEMBERS.map(({ id, label, help }) => (
          <SwitchField
            key={id}
            label={label}
            help={isLast(id) ? `${help} The last trained one stays on: switch the model off instead.` : help}
            checked={members[id]}
            disabled={isLast(id)}
            onChange={(on) => void commands.applySettings({ ...settings, members: { ...members, [id]: on } })}
          />
        ))
      ) : (
        <>
          <dl className={styles.logMembers}>
            {LOG_MEMBERS.map(({ id, label, help }) => (
              <div key={id}>
                <dt>{label}</dt>
                <dd>{help}</dd>
              </div>
            ))}
          </dl>
          <p className={layout.note}>They are joined line by line, so they are switched on and off together, above.</p>
        </>
      )}
    </section>
  );
}
