import type { TemplateEvent, TemplateInfo } from '../../../domain/verdicts';
import { Button } from '../../components/Button';
import { Time } from '../../components/Time';
import { formatDuration, formatNumber, formatPercent } from '../../format';
import layout from '../layout.module.css';
import styles from './logs.module.css';
import { TemplateText } from './TemplateText';
import { shareOfLines, siblingsOf, turnsOf } from './template-relations';

interface TemplateDetailProps {
  readonly template: TemplateInfo;
  readonly all: readonly TemplateInfo[];
  /** Splits and merges, newest first. */
  readonly events: readonly TemplateEvent[];
  readonly hrefOf: (template: TemplateInfo) => string;
  readonly onShowLines: () => void;
}

/** One template: how often, since when, what its lines look like, and how it stands to the others. */
export function TemplateDetail({ template, all, events, hrefOf, onShowLines }: TemplateDetailProps) {
  const siblings = siblingsOf(template, all);
  const turns = turnsOf(template, events);
  const { count, firstSeen, lastSeen } = template;
  return (
    <div className={layout.page}>
      <p className={styles.wholeTemplate}>
        <TemplateText text={template.text} />
      </p>
      <dl className={layout.facts}>
        <dt>Number</dt>
        <dd>{template.id}</dd>
        <dt>Lines</dt>
        <dd>
          {formatNumber(count)}, {formatPercent(shareOfLines(template, all), 2)} of all
        </dd>
        <dt>First seen</dt>
        <dd>
          <Time t={firstSeen} style="datetime" />
        </dd>
        <dt>Last seen</dt>
        <dd>
          <Time t={lastSeen} style="datetime" />
        </dd>
        {count > 1 && lastSeen > firstSeen ? (
          <>
            <dt>One every</dt>
            <dd>{formatDuration((lastSeen - firstSeen) / (count - 1))} on average</dd>
          </>
        ) : null}
      </dl>
      <section className={layout.section} aria-label="Example">
        <h3 className={layout.heading}>Example</h3>
        <p className={styles.exampleLine}>{template.example === '' ? 'none is kept' : template.example}</p>
      </section>
      {turns.length === 0 ? null : (
        <section className={layout.section} aria-label="Splits and merges of this template">
          <h3 className={layout.heading}>What became of it</h3>
          <ul className={layout.section}>
            {turns.map((turn) => (
              <li key={`${turn.t} ${turn.words} ${turn.text}`} className={styles.sibling}>
                <Time t={turn.t} /> {turn.words} <TemplateText text={turn.text} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {siblings.length === 0 ? null : (
        <section className={layout.section} aria-label="Templates of the same group">
          <h3 className={layout.heading}>Differ from it in a few listed words only</h3>
          <ul className={layout.section}>
            {siblings.map((sibling) => (
              <li key={sibling.id}>
                <a className={styles.sibling} href={hrefOf(sibling)}>
                  <TemplateText text={sibling.text} example={sibling.example} />
                </a>{' '}
                <span className={layout.quiet}>{formatNumber(sibling.count)} lines</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={layout.buttons}>
        <Button onClick={onShowLines}>Show its stored lines</Button>
      </div>
    </div>
  );
}
