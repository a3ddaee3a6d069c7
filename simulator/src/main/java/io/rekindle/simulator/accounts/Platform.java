package io.rekindle.simulator.accounts;

import io.rekindle.simulator.seed.Ground;
import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.seed.Secret;
import io.rekindle.simulator.seed.Service;
import io.rekindle.simulator.wire.Client;
import java.util.Locale;
import java.util.function.IntSupplier;

/** What runs the accounts, in both of their Regions. */
public enum Platform {
  ECS {
    @Override
    IntSupplier plant(Land land, Ground ground, String cluster, int copies, String targets) {
      Service service = new Service(cluster, Names.SERVICE);
      service.create(ground, "accounts:1", copies, targets);
      service.limit(ground.client(), copies, MOST);
      return () -> service.running(ground.client());
    }
  },
  EKS {
    @Override
    IntSupplier plant(Land land, Ground ground, String cluster, int copies, String targets) {
      Pods pods = Pods.in(land, ground.client(), cluster, copies, targets);
      Nodes nodes = Nodes.of(ground, cluster, copies == 0 ? 0 : NODES);
      pods.cluster().nodesFor(() -> nodes.running() * PODS_OF_A_NODE);
      return pods::ready;
    }
  },
  KUBERNETES {
    @Override
    IntSupplier plant(Land land, Ground ground, String cluster, int copies, String targets) {
      Client client = ground.client();
      Pods pods = Pods.in(land, client, cluster, copies, targets);
      Secret.keep(client, Names.KUBECONFIG, pods.cluster().kubeconfig("token-of-" + cluster));
      return pods::ready;
    }
  };

  private static final int MOST = 12;
  private static final int NODES = 2;
  private static final int PODS_OF_A_NODE = 4;

  /** As the plan calls it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Gives how many copies run at the moment. */
  abstract IntSupplier plant(Land land, Ground ground, String cluster, int copies, String targets);
}
