import { type DataQueryResponse, LoadingState } from '@grafana/data';
import { NEVER, Observable, Subject } from 'rxjs';
import { expect, test } from 'vitest';
import { untilCancelled } from './until-cancelled.ts';

test.each(['Q100', 'mixed-0-Q100'])(
  'cancelling Q100 lets go of the request %s, and answers with nothing',
  (requestId) => {
    const cancels = new Subject<string>();
    const heard: unknown[] = [];
    let released = false;
    const response = new Observable<DataQueryResponse>(() => () => {
      released = true;
    });
    untilCancelled(response, requestId, cancels).subscribe({
      next: (answer) => heard.push(answer),
      complete: () => heard.push('end'),
    });
    cancels.next('Q10');
    expect(released).toBe(false);
    cancels.next('Q100');
    expect(released).toBe(true);
    expect(heard).toEqual([{ data: [], state: LoadingState.Done }, 'end']);
  },
);

test('other requests go on', () => {
  const cancels = new Subject<string>();
  let ended = false;
  const subscription = untilCancelled(NEVER, 'Q100', cancels).subscribe({ complete: () => (ended = true) });
  cancels.next('Q101');
  cancels.next('100');
  expect(ended).toBe(false);
  subscription.unsubscribe();
});
