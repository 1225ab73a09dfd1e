import { useMemo } from 'react';
import { formatHash } from '../../../app/route';
import { MEMBERS, type Scoreboard } from '../../../domain/scoreboard';
import { cx } from '../../components/cx';
import { EmptyState } from '../../components/EmptyState';
import { SelectField } from '../../components/fields';
import { isMissing, MissingDevice } from '../../components/Missing';
import { Panel } from '../../components/Panel';
import { useApp, useAppState, useRoute } from '../../hooks';
import layout from '../layout.module.css';
import { CurvePanel } from './CurvePanel';
import { FaultTable } from './FaultTable';
import { MemberTable } from './MemberTable';
import { MomentList } from './MomentList';
import { MomentPanel } from './MomentPanel';
import { LISTS, listMoments, whyEmpty } from './rows';
import { useScoreboard } from './use-scoreboard';

/** How well the injected faults are found, as the stream runs. Member, list, moment and (as `of`) the scenario stand in the link. */
export function ScoreboardPage() {
  const { params } = useRoute();
  const member = MEMBERS.find((one) => one === params.member) ?? 'hybrid';
  const kind = useAppState((state) => state.run?.info.kind);
  const state = useScoreboard(member, params.of);
  if (kind === 'file') {
    return (
      <Panel title="Scoreboard">
        <EmptyState
          kind="empty"
          title="An opened file has no known faults"
          detail="Where it has a column of labels, the Data page says how well they were found. Close the file to go back to the fleet."
          action={{ label: 'To the Data page', href: '#/data' }}
        />
      </Panel>
    );
  }
  if (state.kind === 'ready') return <Board board={state.board} />;
  return (
    <Panel title="Scoreboard">
      {state.kind === 'failed' ? (
        <EmptyState kind="failed" title="The scoreboard could not be read" detail={state.error} />
      ) : (
        <EmptyState kind="loading" title="Counting" />
      )}
    </Panel>
  );
}

function Board({ board }: { readonly board: Scoreboard }) {
  const { commands } = useApp();
  const { params } = useRoute();
  const run = useAppState((state) => state.run);
  const list = LISTS.find((one) => one === params.list) ?? 'hits';
  const labels = useMemo(() => new Map(run?.faults.map(({ id, label }) => [id, label])), [run?.faults]);
  const go = (change: Readonly<Record<string, string>>): void =>
    commands.navigate('scoreboard', { ...params, ...change });
  const empty = whyEmpty(board);
  const device = run?.catalog.devices.find((one) => one.id === params.device);
  const { device: _device, at: _at, from: _from, to: _to, ...rest } = params;
  const [at, from, to] = [params.at, params.from, params.to].map(Number);
  const row = listMoments(board, list).find((one) => run?.catalog.devices[one.device] === device && one.at === at);
  return (
    <div className={layout.page}>
      {empty === undefined ? null : (
        <Panel title={empty === 'warming-up' ? 'Warming up' : 'No fault so far'}>
          <EmptyState
            kind={empty === 'warming-up' ? 'loading' : 'empty'}
            title={empty === 'warming-up' ? 'Nothing is scored yet' : 'Nothing to find yet'}
            detail={
              empty === 'warming-up'
                ? 'The figures begin with the first sample after training.'
                : 'False alarms are counted already. Inject a fault, and it is scored here as it runs.'
            }
          />
        </Panel>
      )}
      {board.scenarios.length > 1 ? (
        <SelectField
          label="Scenario"
          value={params.of === undefined ? 'all' : `one ${params.of}`}
          options={[
            { value: 'all', label: 'Everything' },
            ...board.scenarios.map(({ scenario }) => ({ value: `one ${scenario}`, label: scenario || 'No scenario' })),
          ]}
          onChange={(value) => {
            const { of: _gone, ...others } = params;
            commands.navigate('scoreboard', value === 'all' ? others : { ...others, of: value.slice(4) });
          }}
        />
      ) : null}
      <MemberTable board={board} onPick={(picked) => go({ member: picked })} />
      <div className={cx(layout.sideLeft, layout.stretch)}>
        <CurvePanel board={board} />
        <FaultTable board={board} labels={labels} />
      </div>
      {isMissing(params.device, run?.catalog.devices) ? (
        <Panel title="The moment">
          <MissingDevice
            id={params.device}
            known={run?.catalog.devices}
            back={{ label: 'Show the whole scoreboard', href: formatHash({ page: 'scoreboard', params: rest }) }}
          />
        </Panel>
      ) : null}
      {device !== undefined && [at, from, to].every(Number.isFinite) ? (
        <MomentPanel
          device={device}
          at={at}
          from={from}
          to={to}
          onClose={() => go({ device: '', at: '', from: '', to: '' })}
        />
      ) : null}
      {run === undefined ? null : (
        <MomentList
          board={board}
          catalog={run.catalog}
          labels={labels}
          list={list}
          onList={(next) => go({ list: next })}
          selected={row?.key}
          onPick={(picked) =>
            go({
              device: run.catalog.devices[picked.device]?.id ?? '',
              at: String(picked.at),
              from: String(picked.from),
              to: String(picked.to),
            })
          }
        />
      )}
    </div>
  );
}
