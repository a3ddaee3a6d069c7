package io.rekindle.simulator.wire;

/** How a service of AWS speaks; it decides the shape and the names of its errors. */
public enum Protocol {
  QUERY,
  EC2,
  JSON,
  CBOR,
  REST_JSON,
  REST_XML,
  S3
}
