package io.rekindle.run;

import io.rekindle.run.RunState.Ruling;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import org.jspecify.annotations.Nullable;

/**
 * What people can say to a run, whatever its story. Every verb is a signal, which is kept even
 * while no worker is up, and an update of the same name, which answers. Both lead to one reducer.
 */
public final class Operators {
  private Operators() {}

  /** The verbs for whoever does not wait for an answer. */
  @WorkflowInterface
  public interface OperatorSignals {
    @SignalMethod
    void approve(Decision.Approve decision);

    @SignalMethod
    void reject(Decision.Reject decision);

    @SignalMethod
    void extend(Decision.Extend decision);

    @SignalMethod
    void retry(Decision.Retry decision);

    @SignalMethod
    void skip(Decision.Skip decision);

    @SignalMethod
    void done(Decision.Done decision);

    @SignalMethod
    void pause(Decision.Pause decision);

    @SignalMethod
    void resume(Decision.Resume decision);

    @SignalMethod
    void abort(Decision.Abort decision);

    @SignalMethod
    void close(Decision.Close decision);

    @SignalMethod
    void failback(Decision.Failback decision);
  }

  /** The same verbs for whoever wants the ruling. */
  @WorkflowInterface
  public interface OperatorUpdates {
    @UpdateMethod
    Ruling approve(Decision.Approve decision);

    @UpdateMethod
    Ruling reject(Decision.Reject decision);

    @UpdateMethod
    Ruling extend(Decision.Extend decision);

    @UpdateMethod
    Ruling retry(Decision.Retry decision);

    @UpdateMethod
    Ruling skip(Decision.Skip decision);

    @UpdateMethod
    Ruling done(Decision.Done decision);

    @UpdateMethod
    Ruling pause(Decision.Pause decision);

    @UpdateMethod
    Ruling resume(Decision.Resume decision);

    @UpdateMethod
    Ruling abort(Decision.Abort decision);

    @UpdateMethod
    Ruling close(Decision.Close decision);

    @UpdateMethod
    Ruling failback(Decision.Failback decision);
  }

  /** Whoever rules on decisions; told null where a message was empty. */
  interface Reducer {
    Ruling decide(@Nullable Decision decision);
  }

  /**
   * Takes everything that is said from now on to the reducer; signals that came before wait for
   * this.
   */
  static void listen(Reducer reducer) {
    OperatorUpdates asked = new Asked(reducer);
    Workflow.registerListener(asked);
    Workflow.registerListener(new Heard(asked));
  }

  private record Asked(Reducer reducer) implements OperatorUpdates {
    @Override
    public Ruling approve(Decision.Approve decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling reject(Decision.Reject decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling extend(Decision.Extend decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling retry(Decision.Retry decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling skip(Decision.Skip decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling done(Decision.Done decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling pause(Decision.Pause decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling resume(Decision.Resume decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling abort(Decision.Abort decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling close(Decision.Close decision) {
      return reducer.decide(decision);
    }

    @Override
    public Ruling failback(Decision.Failback decision) {
      return reducer.decide(decision);
    }
  }

  /** A signal is an update whose ruling nobody waits for. */
  private record Heard(OperatorUpdates asked) implements OperatorSignals {
    @Override
    public void approve(Decision.Approve decision) {
      asked.approve(decision);
    }

    @Override
    public void reject(Decision.Reject decision) {
      asked.reject(decision);
    }

    @Override
    public void extend(Decision.Extend decision) {
      asked.extend(decision);
    }

    @Override
    public void retry(Decision.Retry decision) {
      asked.retry(decision);
    }

    @Override
    public void skip(Decision.Skip decision) {
      asked.skip(decision);
    }

    @Override
    public void done(Decision.Done decision) {
      asked.done(decision);
    }

    @Override
    public void pause(Decision.Pause decision) {
      asked.pause(decision);
    }

    @Override
    public void resume(Decision.Resume decision) {
      asked.resume(decision);
    }

    @Override
    public void abort(Decision.Abort decision) {
      asked.abort(decision);
    }

    @Override
    public void close(Decision.Close decision) {
      asked.close(decision);
    }

    @Override
    public void failback(Decision.Failback decision) {
      asked.failback(decision);
    }
  }
}
