package io.rekindle.action.aws.kubernetes;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Kubernetes.Cluster;

/**
 * How the API server of a cluster is reached, and as whom.
 *
 * @param cluster what it is called in sentences
 * @param authority who must have signed its certificate, as PEM in base64; empty for those whom
 *     Java trusts
 * @param ifUnknown what a person can do when the cluster does not know who asks
 * @param ifSilent what a person can do when nothing answers
 */
record Way(
    String cluster,
    String server,
    String authority,
    Credential as,
    String ifUnknown,
    String ifSilent) {

  /** Who asks. Its words hold no secret. */
  sealed interface Credential {}

  record Token(String secret) implements Credential {
    @Override
    public String toString() {
      return "a token";
    }
  }

  /**
   * @param certificate PEM in base64
   * @param key PEM in base64
   */
  record Certificate(String certificate, String key) implements Credential {
    @Override
    public String toString() {
      return "a client certificate";
    }
  }

  static Way of(Work<Kubernetes.Scale> work) {
    return switch (work.with().cluster()) {
      case Cluster.Eks eks -> EksWay.of(work, eks.eks());
      case Cluster.Kubeconfig kubeconfig -> KubeconfigWay.of(work, kubeconfig);
    };
  }
}
