package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workloads of a Kubernetes cluster, on EKS or anywhere else. */
public sealed interface Kubernetes extends Action {

  @Facts(
      kind = "kubernetes.scale",
      says =
          "Sets the replicas of a Deployment or StatefulSet and waits until they are ready. A"
              + " HorizontalPodAutoscaler would undo the count: give its limits too. On EKS the"
              + " worker's role needs an access entry beforehand, with the right to read and scale"
              + " workloads in this namespace; IAM alone does not give it.",
      role = Role.COMPUTE,
      plane = Plane.DATA,
      guard = Guard.STATE,
      thing = {"cluster", "namespace", "workload"},
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former replicas and limits back.",
      drill = Drill.IN_PLACE,
      drilling =
          "Scales the recovery cluster's own workload, never below what runs, and puts the former"
              + " replicas back at the end. The inventory of a drill does not look into clusters.",
      budget = "30m")
  record Scale(
      @Says("The cluster: an EKS cluster of this Region, or any that a kubeconfig leads to.")
          Cluster cluster,
      @Says("The namespace of the workload.") String namespace,
      @Says("Whether the workload is a Deployment or a StatefulSet.") @Default("deployment")
          Kind kind,
      @Says("The workload, by its name.") String workload,
      @Says("How many replicas shall run.") @AtLeast(0) int replicas,
      @Says("The HorizontalPodAutoscaler of the workload and its new limits, where it has one.")
          @Nullable Autoscaler autoscaler)
      implements Kubernetes {
    public enum Change implements Action.Change {
      @Does(
          value = "Patches the limits of the HorizontalPodAutoscaler, which hold at once.",
          onlyIf = "autoscaler")
      @Lasts(min = "1s", likely = "2s", max = "10s", source = ESTIMATE)
      LIMITS,

      @Does("Patches the scale of the workload, until as many replicas are ready as wanted.")
      @Lasts(min = "30s", likely = "2m", max = "10m", source = ESTIMATE)
      SCALE
    }

    public record Outputs(
        @Says("The workload.") @Like("{workload}") String workload,
        @Says("How many replicas are ready now.") @Like("{replicas}") int running,
        @Says("How many replicas were wanted before.") @Like("0") int formerReplicas)
        implements Action.Outputs {}

    public Scale {
      if (autoscaler != null
          && replicas != 0
          && (replicas < autoscaler.min() || replicas > autoscaler.max())) {
        throw new IllegalArgumentException(
            "replicas "
                + replicas
                + " lies outside the limits of the autoscaler, which would undo it");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      List<Permission> needed = new ArrayList<>(cluster.permissions(Change.SCALE, at));
      if (autoscaler != null) {
        needed.addAll(cluster.permissions(Change.LIMITS, at));
      }
      return needed.stream().distinct().toList();
    }
  }

  /** Which sort of workload a name belongs to. */
  enum Kind {
    DEPLOYMENT,
    STATEFUL_SET
  }

  /** The limits within which a HorizontalPodAutoscaler moves the replicas. */
  record Autoscaler(
      @Says("The autoscaler, by its name in the same namespace.") String name,
      @Says("The fewest replicas it may leave running.") @AtLeast(1) int min,
      @Says("The most replicas it may start.") @AtLeast(1) int max) {
    public Autoscaler {
      if (min > max) {
        throw new IllegalArgumentException("min " + min + " is more than max " + max);
      }
    }
  }

  /** How to reach the cluster. */
  sealed interface Cluster {
    List<Permission> permissions(Action.Change change, Realm at);

    record Eks(@Says("The EKS cluster, by its name in this Region.") String eks)
        implements Cluster {
      @Override
      public List<Permission> permissions(Action.Change change, Realm at) {
        String it = at.arn("eks", "cluster/" + eks);
        return List.of(
            look("eks:DescribeCluster", it),
            change(change, "eks:DescribeCluster", it),
            undo("eks:DescribeCluster", it));
      }
    }

    record Kubeconfig(
        @Says(
                "The secret in this Region that holds a kubeconfig with a token or client"
                    + " certificate; commands in it are not run.")
            String kubeconfig,
        @Says("The context to use; without it the current one.") @Nullable String context)
        implements Cluster {
      @Override
      public List<Permission> permissions(Action.Change change, Realm at) {
        String secret =
            kubeconfig.startsWith("arn:")
                ? kubeconfig
                : at.arn("secretsmanager", "secret:" + kubeconfig + "-??????");
        return List.of(
            look("secretsmanager:GetSecretValue", secret),
            change(change, "secretsmanager:GetSecretValue", secret),
            implied(change, "kms:Decrypt", at.arn("kms", "key/*")),
            undo("secretsmanager:GetSecretValue", secret));
      }
    }
  }
}
