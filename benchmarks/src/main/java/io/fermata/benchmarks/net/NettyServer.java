package io.fermata.benchmarks.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** Netty on one event loop, with the JDK's selector ({@code nio}) or its own {@code epoll}. */
final class NettyServer {
  private NettyServer() {}

  static void serve(String transport, ChannelInitializer<SocketChannel> pipeline)
      throws InterruptedException {
    boolean epoll = transport.equals("epoll");
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    Class<? extends ServerSocketChannel> listener =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, io);
    Channel bound =
        new ServerBootstrap()
            .group(loop)
            .channel(listener)
            .option(ChannelOption.SO_BACKLOG, ServerControl.BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(pipeline)
            .bind(ServerControl.anyPort())
            .sync()
            .channel();
    ServerControl.listens(bound.localAddress());
    bound.closeFuture().sync();
  }
}
