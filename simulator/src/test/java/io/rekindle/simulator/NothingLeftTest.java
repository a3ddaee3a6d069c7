package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class NothingLeftTest {
  @Test
  void noProcessAndNoPortIsLeftAfterClose() {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    Simulator simulator = Simulator.start();
    List<ProcessHandle> started =
        ProcessHandle.current().descendants().filter(each -> !before.contains(each)).toList();
    assertThat(started).isNotEmpty();
    URI endpoint = simulator.endpoint();
    simulator.close();
    assertThat(started).noneMatch(ProcessHandle::isAlive);
    assertThatThrownBy(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }
}
