package io.rekindle.run;

/** Plans that stories are told about. */
final class Plans {
  /** A gate, a fence, a database with all that hangs on it, and workers that wait for nobody. */
  static final String SHOP =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      assess:
        probes:
          - { id: site, uses: probe.http, with: { url: "https://shop.example.com/health" } }
      failover:
        - id: approve
          uses: approval
          with: { question: "Fail over?", expires: 30m }
        - id: fence
          uses: ecs.scaleService
          region: primary
          fence: true
          with: { cluster: shop, service: web, desired: 0 }
          timeout: 10m
        - id: workers
          uses: ecs.scaleService
          needs: []
          with: { cluster: shop, service: workers, desired: 1 }
        - id: database
          uses: rds.restoreInstance
          needs: [fence]
          with:
            snapshot: { latestCopyOf: shop-db }
            target: shop-db
            class: db.t3.medium
            subnetGroup: shop
            securityGroups: sg-1
            parameterGroup: shop-mysql8
        - id: credentials
          uses: secrets.syncFromRds
          with: { secret: shop/db, instance: "${database.instance}" }
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: web, desired: 2 }
        - id: dns
          uses: route53.upsert
          needs: [service, workers]
          with: { zone: Z0123456789ABCDEFGHIJ, record: shop.example.com, type: CNAME, values: [dr.example.com] }
        - id: public
          uses: verify.http
          with: { url: "https://shop.example.com/health" }
      """;

  /** The shop, with its way back. */
  static final String SHOP_AND_BACK =
      SHOP
          + """
          failback:
            - id: return
              uses: approval
              with: { question: "Go home?", expires: 4h }
            - id: quarantine
              uses: rds.isolate
              with: { instance: shop-db, securityGroups: sg-9 }
            - id: stop
              uses: ecs.scaleService
              region: recovery
              with: { cluster: shop, service: web, desired: 0 }
            - id: final
              uses: rds.snapshot
              region: recovery
              with: { instance: "${database.instance}", target: shop-db-final }
            - id: copy-home
              uses: rds.copySnapshot
              with:
                source: "${final.snapshot}"
                target: shop-db-final
                kmsKey: "arn:aws:kms:us-east-2:123456789012:key/1f6d2c84-07ba-4e59-a3d1-58c90be7f246"
            - id: home
              uses: rds.restoreInstance
              with:
                snapshot: { arn: "${copy-home.snapshot}" }
                target: shop-db
                class: db.t3.medium
                subnetGroup: shop
                securityGroups: sg-1
                parameterGroup: shop-mysql8
            - id: home-service
              uses: ecs.scaleService
              with: { cluster: shop, service: web, desired: 2 }
            - id: home-dns
              uses: route53.upsert
              with: { zone: Z0123456789ABCDEFGHIJ, record: shop.example.com, type: CNAME, values: [www.example.com] }
            - id: home-public
              uses: verify.http
              with: { url: "https://shop.example.com/health" }
            - id: remove
              uses: rds.deleteInstance
              region: recovery
              with: { instance: "${database.instance}" }
          """;

  private Plans() {}

  /** The shop, with a few words exchanged. */
  static String shopWith(String words, String others) {
    if (!SHOP.contains(words)) {
      throw new IllegalArgumentException("The shop's plan does not say: " + words);
    }
    return SHOP.replace(words, others);
  }
}
