package io.fermata.benchmarks.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Netty's HTTP codec, with the same answer as the others and the same headers. */
final class NettyHttp {
  private NettyHttp() {}

  public static void main(String[] args) throws InterruptedException {
    NettyServer.serve(
        args[0],
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new HttpServerCodec(), new Hello());
          }
        });
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // what fails comes to exceptionCaught, or ends the channel
  private static final class Hello extends SimpleChannelInboundHandler<HttpObject> {
    private static final long SECOND = 1_000_000_000;

    private String date = "";
    private long dated = System.nanoTime() - SECOND;

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
      if (message instanceof HttpRequest request) {
        context.write(answer(request.uri()), context.voidPromise());
      }
    }

    private FullHttpResponse answer(String path) {
      String name = path.substring(HttpQuestion.FOLDER.length());
      byte[] body = ("{\"hello\":\"" + name + "\"}").getBytes(UTF_8);
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
      response
          .headers()
          .set(HttpHeaderNames.DATE, date())
          .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
      return response;
    }

    private String date() {
      if (System.nanoTime() - dated >= SECOND) {
        dated = System.nanoTime();
        date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
      }
      return date;
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
