package io.fermata.internal.outside;

import io.fermata.internal.reports.TasksBean;

/**
 * Made by a tool in the JVM that it looks at, over JMX: has the runtime there register its bean,
 * which it does by itself only once a loop has run for some time. It stands for nothing after.
 */
public final class Bell implements BellMBean {

  /** Registers the bean if loops run. */
  public Bell() throws InterruptedException {
    TasksBean.registerAndWait();
  }
}
