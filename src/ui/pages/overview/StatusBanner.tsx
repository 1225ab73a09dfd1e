import { ArrowLeft } from 'lucide-react';
import { Button } from '../../components/Button';
import { cx } from '../../components/cx';
import { DeviceField } from '../../components/DeviceField';
import { SelectField } from '../../components/fields';
import { Shape } from '../../components/Shape';
import { useApp, useAppState, useRoute } from '../../hooks';
import { RANGES, readRange } from '../../panels/ranges';
import { describeCalm } from './calm';
import styles from './overview.module.css';

const SHAPES = { calm: 'check', alarm: 'octagon', busy: 'ring' } as const;

/** How it stands in one sentence, and what the charts below show: which device, how much of the past. */
export function StatusBanner() {
  const { store, commands } = useApp();
  const text = useAppState((state) => describeCalm(state.frame).text);
  const { tone } = describeCalm(store.getState().frame);
  const run = useAppState((state) => state.run);
  const { params } = useRoute();
  const isFile = run?.info.kind === 'file';
  const change = (part: Readonly<Record<string, string>>): void => {
    commands.navigate('overview', { ...params, ...part });
  };
  const devices = (run?.catalog.devices ?? []).map((device) => ({ value: device.id as string, label: device.name }));
  return (
    <div className={cx(styles.banner, styles[tone])}>
      <span className={styles.bannerMark}>
        <Shape kind={SHAPES[tone]} />
      </span>
      <p className={styles.bannerText}>
        {isFile ? <span className={styles.file}>{run.info.label}: </span> : null}
        {text}
      </p>
      <div className={styles.pickers}>
        {isFile ? (
          <Button icon={<ArrowLeft aria-hidden="true" />} onClick={() => void commands.closeFile()}>
            Back to the live fleet
          </Button>
        ) : null}
        <DeviceField
          compact
          label="Device to focus"
          value={params.device ?? ''}
          options={[{ value: '', label: isFile ? 'All devices' : 'Whole fleet' }, ...devices]}
          onChange={(device) => change({ device })}
        />
        <SelectField
          compact
          label="Time range"
          value={readRange(params.range, isFile).value}
          options={RANGES}
          onChange={(range) => change({ range })}
        />
      </div>
    </div>
  );
}
