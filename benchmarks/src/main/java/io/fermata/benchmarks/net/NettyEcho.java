package io.fermata.benchmarks.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;

/** The echo server of Netty's own examples. */
final class NettyEcho {
  private NettyEcho() {}

  public static void main(String[] args) throws InterruptedException {
    NettyServer.serve(
        args[0],
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new Echo());
          }
        });
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // what fails comes to exceptionCaught, or ends the channel
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
