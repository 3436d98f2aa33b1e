package io.fermata.internal.outside;

/** What JMX asks of the class of a bean: it has nothing to tell. */
public interface BellMBean {}
