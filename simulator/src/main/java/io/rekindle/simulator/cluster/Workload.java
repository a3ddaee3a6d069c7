package io.rekindle.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Deployment or StatefulSet, and what its controller has made of it so far. */
final class Workload {
  private final String resource;
  private final String namespace;
  private final String name;
  private final List<Pod> pods = new ArrayList<>();
  private int replicas;
  private long generation = 1;
  private Instant changed;
  private Duration pace = Duration.ZERO;
  private Fate fate = Fate.RUNS;
  private Instant updated = Instant.MIN;
  private boolean paused;
  private int made;

  /**
   * @param replicas so many run already
   */
  Workload(String resource, String namespace, String name, int replicas, Instant now) {
    this.resource = resource;
    this.namespace = namespace;
    this.name = name;
    this.replicas = replicas;
    this.changed = now;
    while (pods.size() < replicas) {
      pods.add(Pod.waiting(nextName(), Fate.RUNS).placed(now));
    }
  }

  boolean is(String askedResource, String inNamespace, String named) {
    return resource.equals(askedResource) && namespace.equals(inNamespace) && name.equals(named);
  }

  /** Pods of a StatefulSet are numbered; those of a Deployment are named by chance. */
  private String nextName() {
    return resource.equals("statefulsets")
        ? name + "-" + pods.stream().filter(Pod::isWanted).count()
        : name + "-6f7b8c9d4-" + String.format(Locale.ROOT, "%05d", made++);
  }

  /**
   * @param lasting until all new pods are ready
   */
  void scale(int to, Fate ofNewPods, Instant now, Duration lasting) {
    generation++;
    replicas = to;
    fate = ofNewPods;
    changed = now;
    pace = lasting;
  }

  /** A new template: until its time is over none of the pods is of it. */
  void rollOut(Instant now, Duration lasting) {
    generation++;
    changed = now;
    updated = now.plus(lasting);
  }

  /** A rollout that is not over by now never will be. */
  void pause(Instant now) {
    paused = true;
    updated = isUpdated(now) ? updated : Instant.MAX;
  }

  /** A controller sees a change a moment later. */
  boolean isObserved(Instant now) {
    return !now.isBefore(observed());
  }

  private Instant observed() {
    return changed.plus(pace.dividedBy(8));
  }

  /**
   * Lets the controller and the scheduler do what they have had time for.
   *
   * @param room for how many more pods there are nodes
   */
  void settle(Instant now, int room) {
    pods.removeIf(pod -> pod.hasGone(now));
    if (isObserved(now)) {
      shrink();
      grow();
      pods.removeIf(pod -> pod.hasGone(now));
    }
    place(room);
  }

  private void shrink() {
    for (int i = pods.size() - 1; i >= 0 && wanted() > replicas; i--) {
      if (pods.get(i).isWanted()) {
        pods.set(i, pods.get(i).ending(changed.plus(pace.dividedBy(2))));
      }
    }
  }

  private void grow() {
    while (wanted() < replicas && fate != Fate.REFUSED) {
      pods.add(Pod.waiting(nextName(), fate));
    }
  }

  /** One after the other is ready, the last when the time is over. */
  private void place(int room) {
    long waiting = pods.stream().filter(pod -> !pod.isOnANode()).count();
    int number = 0;
    for (int i = 0; i < pods.size() && number < room; i++) {
      if (!pods.get(i).isOnANode()) {
        number++;
        pods.set(i, pods.get(i).placed(changed.plus(pace.multipliedBy(number).dividedBy(waiting))));
      }
    }
  }

  /** Nodes have come: what waited for them takes its time from now on. */
  void begin(Instant now) {
    if (pods.stream().anyMatch(pod -> !pod.isOnANode())) {
      changed = now;
    }
  }

  private int wanted() {
    return (int) pods.stream().filter(Pod::isWanted).count();
  }

  int onNodes() {
    return (int) pods.stream().filter(Pod::isOnANode).count();
  }

  String resource() {
    return resource;
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  int replicas() {
    return replicas;
  }

  long generation() {
    return generation;
  }

  Instant changed() {
    return changed;
  }

  boolean isPaused() {
    return paused;
  }

  boolean isUpdated(Instant now) {
    return !now.isBefore(updated);
  }

  /** Why its controller could make no pod. */
  boolean isRefused() {
    return fate == Fate.REFUSED && wanted() < replicas;
  }

  List<Pod> pods() {
    return List.copyOf(pods);
  }
}
