package io.rekindle.run;

import io.rekindle.run.RunState.Ruling;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.DynamicSignalHandler;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;

/**
 * What people can say to a run, whatever its story. Every verb is a signal, which is kept even
 * while no worker is up, and an update of the same name, which answers. Both lead to one reducer,
 * and take whatever was said: what Temporal could not read it would drop, and nobody would know.
 */
public final class Operators {
  private Operators() {}

  /** The verbs for whoever does not wait for an answer. */
  @WorkflowInterface
  public interface OperatorSignals {
    @SignalMethod
    void approve(RawValue said);

    @SignalMethod
    void reject(RawValue said);

    @SignalMethod
    void extend(RawValue said);

    @SignalMethod
    void retry(RawValue said);

    @SignalMethod
    void skip(RawValue said);

    @SignalMethod
    void done(RawValue said);

    @SignalMethod
    void pause(RawValue said);

    @SignalMethod
    void resume(RawValue said);

    @SignalMethod
    void abort(RawValue said);

    @SignalMethod
    void close(RawValue said);

    @SignalMethod
    void failback(RawValue said);
  }

  /** The same verbs for whoever wants the ruling. */
  @WorkflowInterface
  public interface OperatorUpdates {
    @UpdateMethod
    Ruling approve(RawValue said);

    @UpdateMethod
    Ruling reject(RawValue said);

    @UpdateMethod
    Ruling extend(RawValue said);

    @UpdateMethod
    Ruling retry(RawValue said);

    @UpdateMethod
    Ruling skip(RawValue said);

    @UpdateMethod
    Ruling done(RawValue said);

    @UpdateMethod
    Ruling pause(RawValue said);

    @UpdateMethod
    Ruling resume(RawValue said);

    @UpdateMethod
    Ruling abort(RawValue said);

    @UpdateMethod
    Ruling close(RawValue said);

    @UpdateMethod
    Ruling failback(RawValue said);
  }

  /** Whoever rules on what was said. */
  interface Reducer {
    Ruling decide(Message message);
  }

  /**
   * Takes everything that is said from now on to the reducer, also where it is no verb; signals
   * that came before wait for this.
   */
  static void listen(Reducer reducer) {
    OperatorUpdates asked = new Asked(reducer);
    Workflow.registerListener(asked);
    Workflow.registerListener(new Heard(asked));
    Workflow.registerListener(
        (DynamicSignalHandler) (verb, said) -> reducer.decide(Message.unknown(verb)));
  }

  private record Asked(Reducer reducer) implements OperatorUpdates {
    @Override
    public Ruling approve(RawValue said) {
      return reducer.decide(new Message("approve", said));
    }

    @Override
    public Ruling reject(RawValue said) {
      return reducer.decide(new Message("reject", said));
    }

    @Override
    public Ruling extend(RawValue said) {
      return reducer.decide(new Message("extend", said));
    }

    @Override
    public Ruling retry(RawValue said) {
      return reducer.decide(new Message("retry", said));
    }

    @Override
    public Ruling skip(RawValue said) {
      return reducer.decide(new Message("skip", said));
    }

    @Override
    public Ruling done(RawValue said) {
      return reducer.decide(new Message("done", said));
    }

    @Override
    public Ruling pause(RawValue said) {
      return reducer.decide(new Message("pause", said));
    }

    @Override
    public Ruling resume(RawValue said) {
      return reducer.decide(new Message("resume", said));
    }

    @Override
    public Ruling abort(RawValue said) {
      return reducer.decide(new Message("abort", said));
    }

    @Override
    public Ruling close(RawValue said) {
      return reducer.decide(new Message("close", said));
    }

    @Override
    public Ruling failback(RawValue said) {
      return reducer.decide(new Message("failback", said));
    }
  }

  /** A signal is an update whose ruling nobody waits for. */
  private record Heard(OperatorUpdates asked) implements OperatorSignals {
    @Override
    public void approve(RawValue said) {
      asked.approve(said);
    }

    @Override
    public void reject(RawValue said) {
      asked.reject(said);
    }

    @Override
    public void extend(RawValue said) {
      asked.extend(said);
    }

    @Override
    public void retry(RawValue said) {
      asked.retry(said);
    }

    @Override
    public void skip(RawValue said) {
      asked.skip(said);
    }

    @Override
    public void done(RawValue said) {
      asked.done(said);
    }

    @Override
    public void pause(RawValue said) {
      asked.pause(said);
    }

    @Override
    public void resume(RawValue said) {
      asked.resume(said);
    }

    @Override
    public void abort(RawValue said) {
      asked.abort(said);
    }

    @Override
    public void close(RawValue said) {
      asked.close(said);
    }

    @Override
    public void failback(RawValue said) {
      asked.failback(said);
    }
  }
}
