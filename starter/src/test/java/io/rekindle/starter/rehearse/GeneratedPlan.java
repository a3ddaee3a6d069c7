package io.rekindle.starter.rehearse;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A plan of waits, tasks, gates, fences and changes that overlap in any way, what it is started
 * with, and how slow its steps are: all drawn from a seed.
 */
record GeneratedPlan(Plan plan, Mode mode, Map<String, String> set, Map<String, Double> slow) {
  private static final List<String> TIMES = List.of("20s", "3m", "17m", "1h", "5h");

  static GeneratedPlan of(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    String text = new Draft(random).text(seed);
    PlanReader.Reading read = PlanReader.read(PlanReader.tree(text));
    Plan plan = read.plan().orElseThrow(() -> new AssertionError(read.problems() + text));
    Map<String, Double> slow = new HashMap<>();
    plan.failover().stream()
        .filter(step -> step.kind().isApproval() || random.nextDouble() < 0.5)
        .forEach(step -> slow.put(step.id(), random.nextDouble(0.2, 3)));
    return new GeneratedPlan(
        plan,
        random.nextBoolean() ? Mode.OUTAGE : Mode.PLANNED,
        Map.of(
            "pause", one(random, TIMES),
            "effort", one(random, TIMES),
            "limited", String.valueOf(random.nextBoolean())),
        Map.copyOf(slow));
  }

  private static <T> T one(RandomGenerator random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  Selection selection() {
    return Selection.of(plan, mode, set, Set.of());
  }

  FailoverRequest request() {
    return FailoverRequest.whole(Trees.json(plan.source()), mode, set, "a test", "rehearsal");
  }

  /** Draws the text of a sound plan. */
  private record Draft(RandomGenerator random) {
    private static final String HEAD =
        """
        application: generated-%d
        regions:
          primary: us-east-2
          recovery: { region: us-west-2, values: { pause: 11m } }
        parameters:
          pause: { type: string, default: 1m }
          effort: { type: string, default: 2m }
          limited: { type: boolean, default: true }
        failover:
          - id: approve
            uses: approval
            with: { question: "Fail over?", expires: 6d }
          - id: fence
            uses: ecs.scaleService
            region: primary
            fence: true
            timeout: 20h
            with: { cluster: shop, service: web, desired: 0 }
        """;

    /** What comes after `uses:`, by one line each. */
    private static final List<String> STEPS =
        List.of(
            "wait, with: { for: \"${param.pause}\" } }",
            "wait, with: { for: \"${recovery.pause}\" } }",
            "wait, when: { limited: true }, with: { for: 40m } }",
            "task, with: { says: \"Call ${recovery.region}\", expected: \"${param.effort}\" } }",
            "task, with: { says: Freeze, expected: 25m } }",
            "approval, with: { question: \"Go on?\", expires: 6d } }",
            "ecs.scaleService, timeout: 20h, with: { cluster: shop, service: a%d, desired: 2 } }",
            "ecs.scaleService, timeout: 20h, with: { cluster: shop, service: b%d, desired: 2,"
                + " autoscaling: { min: 2, max: 4 } } }",
            "rds.restoreInstance, timeout: 20h, with: { snapshot: { latestCopyOf: shop },"
                + " target: db%d, class: db.t3.medium, subnetGroup: dr, securityGroups: sg-1,"
                + " parameterGroup: mysql8, backupRetention: 3 } }",
            "cfn.deploy, modes: [outage], timeout: 20h, with: { stack: shop%d, template:"
                + " \"https://shop.s3.us-west-2.amazonaws.com/shop.yaml\", stackRole:"
                + " \"arn:aws:iam::123456789012:role/cfn\" } }",
            "verify.http, timeout: 20h, with: { url: \"https://shop.example.com/%d\" } }");

    String text(long seed) {
      StringBuilder text = new StringBuilder(HEAD.formatted(seed));
      List<String> earlier = new ArrayList<>(List.of("approve", "fence"));
      int count = random.nextInt(3, 9);
      for (int number = 0; number < count; number++) {
        String id = "step" + number;
        String step = one(random, STEPS).formatted(number);
        text.append("  - { id: %s, needs: %s, uses: %s\n".formatted(id, needs(earlier), step));
        earlier.add(id);
      }
      text.append(
          """
            - id: dns
              uses: route53.upsert
              needs: %s
              timeout: 20h
              with: { zone: Z0123456789ABCDEFGHIJ, record: shop.example.com, type: CNAME, values: x.example.com }
            - { id: public, uses: verify.http, timeout: 20h, with: { url: "https://shop.example.com/" } }
          """
              .formatted(needs(earlier)));
      return text.toString();
    }

    private List<String> needs(List<String> earlier) {
      List<String> needs = new ArrayList<>();
      needs.add(random.nextBoolean() ? "approve" : earlier.getLast());
      for (int more = random.nextInt(3); more > 0; more--) {
        needs.add(one(random, earlier));
      }
      return needs.stream().distinct().toList();
    }
  }
}
