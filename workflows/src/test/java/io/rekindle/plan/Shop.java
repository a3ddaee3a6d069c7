package io.rekindle.plan;

import io.rekindle.plan.PlanReader.PlanProblem;
import java.util.List;
import java.util.stream.Collectors;

/** A sound plan that has something of everything, for tests that spoil one piece of it. */
final class Shop {
  static final String PLAN =
      """
      application: shop
      owner: shop-team
      regions:
        primary: { region: us-east-1, values: { balancer: shop.us-east-1.elb.amazonaws.com } }
        recovery: { region: us-west-2, values: { balancer: shop.us-west-2.elb.amazonaws.com, zone: Z2 } }
      objectives: { rto: 30m, rpo: 1h }
      parameters:
        tasks: { type: integer, default: 2 }
        platform: { type: string, default: ecs, oneOf: [ecs, eks] }
      stores:
        - { id: orders, step: database }
        - { id: sessions, copy: none, accepted: users log in again }
      notify:
        - uses: notify.sns
          with: { topic: "arn:aws:sns:us-west-2:123456789012:incidents" }
      assess:
        quorum: 1
        probes:
          - id: site
            uses: probe.http
            with: { url: "https://shop.example.com/health" }
      failover:
        - id: approve
          uses: approval
          with: { question: "Fail the shop over?", expires: 30m }
        - id: database
          uses: rds.restoreInstance
          with:
            snapshot: { latestCopyOf: shop-db }
            target: shop-db
            class: [db.t3.micro]
            subnetGroup: shop-dr
            securityGroups: [sg-0db]
            parameterGroup: shop-mysql8
        - id: data
          uses: verify.sql
          with: { url: "jdbc:mysql://${database.endpoint}/shop", secret: shop/db, query: "select 1", atLeast: 1 }
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: web, desired: "${param.tasks}" }
        - id: dns
          uses: route53.upsert
          with: { zone: Z1, record: shop.example.com, alias: { target: "${recovery.balancer}", zone: "${recovery.zone}" } }
        - id: public
          uses: verify.http
          modes: [outage, planned]
          with: { url: "https://shop.example.com/health" }
      failback:
        - id: agree
          uses: approval
          with: { question: "Bring the shop home?" }
        - id: freeze
          uses: rds.isolate
          region: recovery
          with: { instance: "${database.instance}", securityGroups: sg-0none }
        - id: home
          uses: route53.upsert
          with: { zone: Z1, record: shop.example.com, values: "${primary.balancer}", type: CNAME }
        - id: at-home
          uses: verify.http
          with: { url: "https://shop.example.com/health" }
      drills:
        - name: weekly
          cron: "0 3 * * SUN"
          steps: [database, data]
        - { name: daily, cron: "0 2 * * *", timeZone: UTC, check: true }
      """;

  private Shop() {}

  static Plan plan() {
    return PlanReader.read("shop.yaml", PLAN).plan().orElseThrow();
  }

  /** The plan with one piece, which must stand in it once, written differently. */
  static String with(String piece, String instead) {
    int at = PLAN.indexOf(piece);
    if (at < 0 || at != PLAN.lastIndexOf(piece)) {
      throw new IllegalArgumentException("Not once in the plan: " + piece);
    }
    return PLAN.replace(piece, instead);
  }

  /**
   * What is wrong once a piece is written differently, one line for each problem. The place that is
   * marked with » stands as » in the answer, every other as line and column.
   */
  static String problemsWith(String piece, String instead) {
    return problemsOf(with(piece, instead));
  }

  /** The same for a whole plan. */
  static String problemsOf(String marked) {
    int mark = marked.indexOf('»');
    String before = marked.substring(0, Math.max(0, mark));
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    String place = line + ":" + (before.length() - before.lastIndexOf('\n')) + ":";
    List<PlanProblem> problems = PlanReader.read("plan", marked.replace("»", "")).problems();
    return problems.stream()
        .map(problem -> problem.toString().substring("plan:".length()))
        .map(problem ->
            mark >= 0 && problem.startsWith(place)
                ? "»" + problem.substring(place.length())
                : problem)
        .collect(Collectors.joining("\n"));
  }
}
