package negative;

import static io.fermata.Async.*;

import io.fermata.*;
import java.time.Duration;

class TooLarge {
  @Coroutine
  // ERROR fermata:too-large
  static void places255(int i0, int i1, int i2, int i3, int i4, int i5, int i6, int i7, int i8, int i9, int i10, int i11, int i12, int i13, int i14, int i15, int i16, int i17, int i18, int i19, int i20, int i21, int i22, int i23, int i24, int i25, int i26, int i27, int i28, int i29, int i30, int i31, int i32, int i33, int i34, int i35, int i36, int i37, int i38, int i39, int i40, int i41, int i42, int i43, int i44, int i45, int i46, int i47, int i48, int i49, int i50, int i51, int i52, int i53, int i54, int i55, int i56, int i57, int i58, int i59, int i60, int i61, int i62, int i63, int i64, int i65, int i66, int i67, int i68, int i69, int i70, int i71, int i72, int i73, int i74, int i75, int i76, int i77, int i78, int i79, int i80, int i81, int i82, int i83, int i84, int i85, int i86, int i87, int i88, int i89, int i90, int i91, int i92, int i93, int i94, int i95, int i96, int i97, int i98, int i99, int i100, int i101, int i102, int i103, int i104, int i105, int i106, int i107, int i108, int i109, int i110, int i111, int i112, int i113, int i114, int i115, int i116, int i117, int i118, int i119, int i120, int i121, int i122, int i123, int i124, int i125, int i126, int i127, int i128, int i129, int i130, int i131, int i132, int i133, int i134, int i135, int i136, int i137, int i138, int i139, int i140, int i141, int i142, int i143, int i144, int i145, int i146, int i147, int i148, int i149, int i150, int i151, int i152, int i153, int i154, int i155, int i156, int i157, int i158, int i159, int i160, int i161, int i162, int i163, int i164, int i165, int i166, int i167, int i168, int i169, int i170, int i171, int i172, int i173, int i174, int i175, int i176, int i177, int i178, int i179, int i180, int i181, int i182, int i183, int i184, int i185, int i186, int i187, int i188, int i189, int i190, int i191, int i192, int i193, int i194, int i195, int i196, int i197, int i198, int i199, int i200, int i201, int i202, int i203, int i204, int i205, int i206, int i207, int i208, int i209, int i210, int i211, int i212, int i213, int i214, int i215, int i216, int i217, int i218, int i219, int i220, int i221, int i222, int i223, int i224, int i225, int i226, int i227, int i228, int i229, int i230, int i231, int i232, int i233, int i234, int i235, int i236, int i237, int i238, int i239, int i240, int i241, int i242, int i243, int i244, int i245, int i246, int i247, int i248, int i249, int i250, int i251, int i252, int i253, int i254) {}

  @Coroutine
  static void places254(int i0, int i1, int i2, int i3, int i4, int i5, int i6, int i7, int i8, int i9, int i10, int i11, int i12, int i13, int i14, int i15, int i16, int i17, int i18, int i19, int i20, int i21, int i22, int i23, int i24, int i25, int i26, int i27, int i28, int i29, int i30, int i31, int i32, int i33, int i34, int i35, int i36, int i37, int i38, int i39, int i40, int i41, int i42, int i43, int i44, int i45, int i46, int i47, int i48, int i49, int i50, int i51, int i52, int i53, int i54, int i55, int i56, int i57, int i58, int i59, int i60, int i61, int i62, int i63, int i64, int i65, int i66, int i67, int i68, int i69, int i70, int i71, int i72, int i73, int i74, int i75, int i76, int i77, int i78, int i79, int i80, int i81, int i82, int i83, int i84, int i85, int i86, int i87, int i88, int i89, int i90, int i91, int i92, int i93, int i94, int i95, int i96, int i97, int i98, int i99, int i100, int i101, int i102, int i103, int i104, int i105, int i106, int i107, int i108, int i109, int i110, int i111, int i112, int i113, int i114, int i115, int i116, int i117, int i118, int i119, int i120, int i121, int i122, int i123, int i124, int i125, int i126, int i127, int i128, int i129, int i130, int i131, int i132, int i133, int i134, int i135, int i136, int i137, int i138, int i139, int i140, int i141, int i142, int i143, int i144, int i145, int i146, int i147, int i148, int i149, int i150, int i151, int i152, int i153, int i154, int i155, int i156, int i157, int i158, int i159, int i160, int i161, int i162, int i163, int i164, int i165, int i166, int i167, int i168, int i169, int i170, int i171, int i172, int i173, int i174, int i175, int i176, int i177, int i178, int i179, int i180, int i181, int i182, int i183, int i184, int i185, int i186, int i187, int i188, int i189, int i190, int i191, int i192, int i193, int i194, int i195, int i196, int i197, int i198, int i199, int i200, int i201, int i202, int i203, int i204, int i205, int i206, int i207, int i208, int i209, int i210, int i211, int i212, int i213, int i214, int i215, int i216, int i217, int i218, int i219, int i220, int i221, int i222, int i223, int i224, int i225, int i226, int i227, int i228, int i229, int i230, int i231, int i232, int i233, int i234, int i235, int i236, int i237, int i238, int i239, int i240, int i241, int i242, int i243, int i244, int i245, int i246, int i247, int i248, int i249, int i250, int i251, int i252, int i253) {
    await(sleep(Duration.ZERO));
  }

  @Coroutine
  // ERROR fermata:too-large
  void withSelf(int i0, int i1, int i2, int i3, int i4, int i5, int i6, int i7, int i8, int i9, int i10, int i11, int i12, int i13, int i14, int i15, int i16, int i17, int i18, int i19, int i20, int i21, int i22, int i23, int i24, int i25, int i26, int i27, int i28, int i29, int i30, int i31, int i32, int i33, int i34, int i35, int i36, int i37, int i38, int i39, int i40, int i41, int i42, int i43, int i44, int i45, int i46, int i47, int i48, int i49, int i50, int i51, int i52, int i53, int i54, int i55, int i56, int i57, int i58, int i59, int i60, int i61, int i62, int i63, int i64, int i65, int i66, int i67, int i68, int i69, int i70, int i71, int i72, int i73, int i74, int i75, int i76, int i77, int i78, int i79, int i80, int i81, int i82, int i83, int i84, int i85, int i86, int i87, int i88, int i89, int i90, int i91, int i92, int i93, int i94, int i95, int i96, int i97, int i98, int i99, int i100, int i101, int i102, int i103, int i104, int i105, int i106, int i107, int i108, int i109, int i110, int i111, int i112, int i113, int i114, int i115, int i116, int i117, int i118, int i119, int i120, int i121, int i122, int i123, int i124, int i125, int i126, int i127, int i128, int i129, int i130, int i131, int i132, int i133, int i134, int i135, int i136, int i137, int i138, int i139, int i140, int i141, int i142, int i143, int i144, int i145, int i146, int i147, int i148, int i149, int i150, int i151, int i152, int i153, int i154, int i155, int i156, int i157, int i158, int i159, int i160, int i161, int i162, int i163, int i164, int i165, int i166, int i167, int i168, int i169, int i170, int i171, int i172, int i173, int i174, int i175, int i176, int i177, int i178, int i179, int i180, int i181, int i182, int i183, int i184, int i185, int i186, int i187, int i188, int i189, int i190, int i191, int i192, int i193, int i194, int i195, int i196, int i197, int i198, int i199, int i200, int i201, int i202, int i203, int i204, int i205, int i206, int i207, int i208, int i209, int i210, int i211, int i212, int i213, int i214, int i215, int i216, int i217, int i218, int i219, int i220, int i221, int i222, int i223, int i224, int i225, int i226, int i227, int i228, int i229, int i230, int i231, int i232, int i233, int i234, int i235, int i236, int i237, int i238, int i239, int i240, int i241, int i242, int i243, int i244, int i245, int i246, int i247, int i248, int i249, int i250, int i251, int i252, int i253) {}

  @Coroutine
  void withSelfJust(int i0, int i1, int i2, int i3, int i4, int i5, int i6, int i7, int i8, int i9, int i10, int i11, int i12, int i13, int i14, int i15, int i16, int i17, int i18, int i19, int i20, int i21, int i22, int i23, int i24, int i25, int i26, int i27, int i28, int i29, int i30, int i31, int i32, int i33, int i34, int i35, int i36, int i37, int i38, int i39, int i40, int i41, int i42, int i43, int i44, int i45, int i46, int i47, int i48, int i49, int i50, int i51, int i52, int i53, int i54, int i55, int i56, int i57, int i58, int i59, int i60, int i61, int i62, int i63, int i64, int i65, int i66, int i67, int i68, int i69, int i70, int i71, int i72, int i73, int i74, int i75, int i76, int i77, int i78, int i79, int i80, int i81, int i82, int i83, int i84, int i85, int i86, int i87, int i88, int i89, int i90, int i91, int i92, int i93, int i94, int i95, int i96, int i97, int i98, int i99, int i100, int i101, int i102, int i103, int i104, int i105, int i106, int i107, int i108, int i109, int i110, int i111, int i112, int i113, int i114, int i115, int i116, int i117, int i118, int i119, int i120, int i121, int i122, int i123, int i124, int i125, int i126, int i127, int i128, int i129, int i130, int i131, int i132, int i133, int i134, int i135, int i136, int i137, int i138, int i139, int i140, int i141, int i142, int i143, int i144, int i145, int i146, int i147, int i148, int i149, int i150, int i151, int i152, int i153, int i154, int i155, int i156, int i157, int i158, int i159, int i160, int i161, int i162, int i163, int i164, int i165, int i166, int i167, int i168, int i169, int i170, int i171, int i172, int i173, int i174, int i175, int i176, int i177, int i178, int i179, int i180, int i181, int i182, int i183, int i184, int i185, int i186, int i187, int i188, int i189, int i190, int i191, int i192, int i193, int i194, int i195, int i196, int i197, int i198, int i199, int i200, int i201, int i202, int i203, int i204, int i205, int i206, int i207, int i208, int i209, int i210, int i211, int i212, int i213, int i214, int i215, int i216, int i217, int i218, int i219, int i220, int i221, int i222, int i223, int i224, int i225, int i226, int i227, int i228, int i229, int i230, int i231, int i232, int i233, int i234, int i235, int i236, int i237, int i238, int i239, int i240, int i241, int i242, int i243, int i244, int i245, int i246, int i247, int i248, int i249, int i250, int i251, int i252) {}

  @Coroutine
  // ERROR fermata:too-large
  static void wide(long l0, long l1, long l2, long l3, long l4, long l5, long l6, long l7, long l8, long l9, long l10, long l11, long l12, long l13, long l14, long l15, long l16, long l17, long l18, long l19, long l20, long l21, long l22, long l23, long l24, long l25, long l26, long l27, long l28, long l29, long l30, long l31, long l32, long l33, long l34, long l35, long l36, long l37, long l38, long l39, long l40, long l41, long l42, long l43, long l44, long l45, long l46, long l47, long l48, long l49, long l50, long l51, long l52, long l53, long l54, long l55, long l56, long l57, long l58, long l59, long l60, long l61, long l62, long l63, long l64, long l65, long l66, long l67, long l68, long l69, long l70, long l71, long l72, long l73, long l74, long l75, long l76, long l77, long l78, long l79, long l80, long l81, long l82, long l83, long l84, long l85, long l86, long l87, long l88, long l89, long l90, long l91, long l92, long l93, long l94, long l95, long l96, long l97, long l98, long l99, double d0, double d1, double d2, double d3, double d4, double d5, double d6, double d7, double d8, double d9, double d10, double d11, double d12, double d13, double d14, double d15, double d16, double d17, double d18, double d19, double d20, double d21, double d22, double d23, double d24, double d25, int i0, int i1, int i2) {}

  @Coroutine
  static void wideJust(long l0, long l1, long l2, long l3, long l4, long l5, long l6, long l7, long l8, long l9, long l10, long l11, long l12, long l13, long l14, long l15, long l16, long l17, long l18, long l19, long l20, long l21, long l22, long l23, long l24, long l25, long l26, long l27, long l28, long l29, long l30, long l31, long l32, long l33, long l34, long l35, long l36, long l37, long l38, long l39, long l40, long l41, long l42, long l43, long l44, long l45, long l46, long l47, long l48, long l49, long l50, long l51, long l52, long l53, long l54, long l55, long l56, long l57, long l58, long l59, long l60, long l61, long l62, long l63, long l64, long l65, long l66, long l67, long l68, long l69, long l70, long l71, long l72, long l73, long l74, long l75, long l76, long l77, long l78, long l79, long l80, long l81, long l82, long l83, long l84, long l85, long l86, long l87, long l88, long l89, long l90, long l91, long l92, long l93, long l94, long l95, long l96, long l97, long l98, long l99, double d0, double d1, double d2, double d3, double d4, double d5, double d6, double d7, double d8, double d9, double d10, double d11, double d12, double d13, double d14, double d15, double d16, double d17, double d18, double d19, double d20, double d21, double d22, double d23, double d24, double d25, int i0, int i1) {}

  @Coroutine
  static void generator(Emitter<Integer> out, int i0, int i1, int i2, int i3, int i4, int i5, int i6, int i7, int i8, int i9, int i10, int i11, int i12, int i13, int i14, int i15, int i16, int i17, int i18, int i19, int i20, int i21, int i22, int i23, int i24, int i25, int i26, int i27, int i28, int i29, int i30, int i31, int i32, int i33, int i34, int i35, int i36, int i37, int i38, int i39, int i40, int i41, int i42, int i43, int i44, int i45, int i46, int i47, int i48, int i49, int i50, int i51, int i52, int i53, int i54, int i55, int i56, int i57, int i58, int i59, int i60, int i61, int i62, int i63, int i64, int i65, int i66, int i67, int i68, int i69, int i70, int i71, int i72, int i73, int i74, int i75, int i76, int i77, int i78, int i79, int i80, int i81, int i82, int i83, int i84, int i85, int i86, int i87, int i88, int i89, int i90, int i91, int i92, int i93, int i94, int i95, int i96, int i97, int i98, int i99, int i100, int i101, int i102, int i103, int i104, int i105, int i106, int i107, int i108, int i109, int i110, int i111, int i112, int i113, int i114, int i115, int i116, int i117, int i118, int i119, int i120, int i121, int i122, int i123, int i124, int i125, int i126, int i127, int i128, int i129, int i130, int i131, int i132, int i133, int i134, int i135, int i136, int i137, int i138, int i139, int i140, int i141, int i142, int i143, int i144, int i145, int i146, int i147, int i148, int i149, int i150, int i151, int i152, int i153, int i154, int i155, int i156, int i157, int i158, int i159, int i160, int i161, int i162, int i163, int i164, int i165, int i166, int i167, int i168, int i169, int i170, int i171, int i172, int i173, int i174, int i175, int i176, int i177, int i178, int i179, int i180, int i181, int i182, int i183, int i184, int i185, int i186, int i187, int i188, int i189, int i190, int i191, int i192, int i193, int i194, int i195, int i196, int i197, int i198, int i199, int i200, int i201, int i202, int i203, int i204, int i205, int i206, int i207, int i208, int i209, int i210, int i211, int i212, int i213, int i214, int i215, int i216, int i217, int i218, int i219, int i220, int i221, int i222, int i223, int i224, int i225, int i226, int i227, int i228, int i229, int i230, int i231, int i232, int i233, int i234, int i235, int i236, int i237, int i238, int i239, int i240, int i241, int i242, int i243, int i244, int i245, int i246, int i247, int i248, int i249, int i250, int i251, int i252) {
    out.emit(i1);
  }

  @Coroutine
  static void capturing() {
    long l0 = await(sleep(Duration.ZERO, 0L));
    long l1 = await(sleep(Duration.ZERO, 1L));
    long l2 = await(sleep(Duration.ZERO, 2L));
    long l3 = await(sleep(Duration.ZERO, 3L));
    long l4 = await(sleep(Duration.ZERO, 4L));
    long l5 = await(sleep(Duration.ZERO, 5L));
    long l6 = await(sleep(Duration.ZERO, 6L));
    long l7 = await(sleep(Duration.ZERO, 7L));
    long l8 = await(sleep(Duration.ZERO, 8L));
    long l9 = await(sleep(Duration.ZERO, 9L));
    long l10 = await(sleep(Duration.ZERO, 10L));
    long l11 = await(sleep(Duration.ZERO, 11L));
    long l12 = await(sleep(Duration.ZERO, 12L));
    long l13 = await(sleep(Duration.ZERO, 13L));
    long l14 = await(sleep(Duration.ZERO, 14L));
    long l15 = await(sleep(Duration.ZERO, 15L));
    long l16 = await(sleep(Duration.ZERO, 16L));
    long l17 = await(sleep(Duration.ZERO, 17L));
    long l18 = await(sleep(Duration.ZERO, 18L));
    long l19 = await(sleep(Duration.ZERO, 19L));
    long l20 = await(sleep(Duration.ZERO, 20L));
    long l21 = await(sleep(Duration.ZERO, 21L));
    long l22 = await(sleep(Duration.ZERO, 22L));
    long l23 = await(sleep(Duration.ZERO, 23L));
    long l24 = await(sleep(Duration.ZERO, 24L));
    long l25 = await(sleep(Duration.ZERO, 25L));
    long l26 = await(sleep(Duration.ZERO, 26L));
    long l27 = await(sleep(Duration.ZERO, 27L));
    long l28 = await(sleep(Duration.ZERO, 28L));
    long l29 = await(sleep(Duration.ZERO, 29L));
    long l30 = await(sleep(Duration.ZERO, 30L));
    long l31 = await(sleep(Duration.ZERO, 31L));
    long l32 = await(sleep(Duration.ZERO, 32L));
    long l33 = await(sleep(Duration.ZERO, 33L));
    long l34 = await(sleep(Duration.ZERO, 34L));
    long l35 = await(sleep(Duration.ZERO, 35L));
    long l36 = await(sleep(Duration.ZERO, 36L));
    long l37 = await(sleep(Duration.ZERO, 37L));
    long l38 = await(sleep(Duration.ZERO, 38L));
    long l39 = await(sleep(Duration.ZERO, 39L));
    long l40 = await(sleep(Duration.ZERO, 40L));
    long l41 = await(sleep(Duration.ZERO, 41L));
    long l42 = await(sleep(Duration.ZERO, 42L));
    long l43 = await(sleep(Duration.ZERO, 43L));
    long l44 = await(sleep(Duration.ZERO, 44L));
    long l45 = await(sleep(Duration.ZERO, 45L));
    long l46 = await(sleep(Duration.ZERO, 46L));
    long l47 = await(sleep(Duration.ZERO, 47L));
    long l48 = await(sleep(Duration.ZERO, 48L));
    long l49 = await(sleep(Duration.ZERO, 49L));
    long l50 = await(sleep(Duration.ZERO, 50L));
    long l51 = await(sleep(Duration.ZERO, 51L));
    long l52 = await(sleep(Duration.ZERO, 52L));
    long l53 = await(sleep(Duration.ZERO, 53L));
    long l54 = await(sleep(Duration.ZERO, 54L));
    long l55 = await(sleep(Duration.ZERO, 55L));
    long l56 = await(sleep(Duration.ZERO, 56L));
    long l57 = await(sleep(Duration.ZERO, 57L));
    long l58 = await(sleep(Duration.ZERO, 58L));
    long l59 = await(sleep(Duration.ZERO, 59L));
    long l60 = await(sleep(Duration.ZERO, 60L));
    long l61 = await(sleep(Duration.ZERO, 61L));
    long l62 = await(sleep(Duration.ZERO, 62L));
    long l63 = await(sleep(Duration.ZERO, 63L));
    long l64 = await(sleep(Duration.ZERO, 64L));
    long l65 = await(sleep(Duration.ZERO, 65L));
    long l66 = await(sleep(Duration.ZERO, 66L));
    long l67 = await(sleep(Duration.ZERO, 67L));
    long l68 = await(sleep(Duration.ZERO, 68L));
    long l69 = await(sleep(Duration.ZERO, 69L));
    long l70 = await(sleep(Duration.ZERO, 70L));
    long l71 = await(sleep(Duration.ZERO, 71L));
    long l72 = await(sleep(Duration.ZERO, 72L));
    long l73 = await(sleep(Duration.ZERO, 73L));
    long l74 = await(sleep(Duration.ZERO, 74L));
    long l75 = await(sleep(Duration.ZERO, 75L));
    long l76 = await(sleep(Duration.ZERO, 76L));
    long l77 = await(sleep(Duration.ZERO, 77L));
    long l78 = await(sleep(Duration.ZERO, 78L));
    long l79 = await(sleep(Duration.ZERO, 79L));
    long l80 = await(sleep(Duration.ZERO, 80L));
    long l81 = await(sleep(Duration.ZERO, 81L));
    long l82 = await(sleep(Duration.ZERO, 82L));
    long l83 = await(sleep(Duration.ZERO, 83L));
    long l84 = await(sleep(Duration.ZERO, 84L));
    long l85 = await(sleep(Duration.ZERO, 85L));
    long l86 = await(sleep(Duration.ZERO, 86L));
    long l87 = await(sleep(Duration.ZERO, 87L));
    long l88 = await(sleep(Duration.ZERO, 88L));
    long l89 = await(sleep(Duration.ZERO, 89L));
    long l90 = await(sleep(Duration.ZERO, 90L));
    long l91 = await(sleep(Duration.ZERO, 91L));
    long l92 = await(sleep(Duration.ZERO, 92L));
    long l93 = await(sleep(Duration.ZERO, 93L));
    long l94 = await(sleep(Duration.ZERO, 94L));
    long l95 = await(sleep(Duration.ZERO, 95L));
    long l96 = await(sleep(Duration.ZERO, 96L));
    long l97 = await(sleep(Duration.ZERO, 97L));
    long l98 = await(sleep(Duration.ZERO, 98L));
    long l99 = await(sleep(Duration.ZERO, 99L));
    long l100 = await(sleep(Duration.ZERO, 100L));
    long l101 = await(sleep(Duration.ZERO, 101L));
    long l102 = await(sleep(Duration.ZERO, 102L));
    long l103 = await(sleep(Duration.ZERO, 103L));
    long l104 = await(sleep(Duration.ZERO, 104L));
    long l105 = await(sleep(Duration.ZERO, 105L));
    long l106 = await(sleep(Duration.ZERO, 106L));
    long l107 = await(sleep(Duration.ZERO, 107L));
    long l108 = await(sleep(Duration.ZERO, 108L));
    long l109 = await(sleep(Duration.ZERO, 109L));
    long l110 = await(sleep(Duration.ZERO, 110L));
    long l111 = await(sleep(Duration.ZERO, 111L));
    long l112 = await(sleep(Duration.ZERO, 112L));
    long l113 = await(sleep(Duration.ZERO, 113L));
    long l114 = await(sleep(Duration.ZERO, 114L));
    long l115 = await(sleep(Duration.ZERO, 115L));
    long l116 = await(sleep(Duration.ZERO, 116L));
    long l117 = await(sleep(Duration.ZERO, 117L));
    long l118 = await(sleep(Duration.ZERO, 118L));
    long l119 = await(sleep(Duration.ZERO, 119L));
    long l120 = await(sleep(Duration.ZERO, 120L));
    long l121 = await(sleep(Duration.ZERO, 121L));
    long l122 = await(sleep(Duration.ZERO, 122L));
    long l123 = await(sleep(Duration.ZERO, 123L));
    long l124 = await(sleep(Duration.ZERO, 124L));
    long l125 = await(sleep(Duration.ZERO, 125L));
    long l126 = await(sleep(Duration.ZERO, 126L));
    long l127 = await(sleep(Duration.ZERO, 127L));
    await(
        async(
            // ERROR fermata:too-large at () -> await(sleep(Duration.ZERO, l0 + l1 + l2 + l3 + l4 + l5 + l6 + l7 + l8 + l9 + l10 + l11 + l12 + l13 + l14 + l15 + l16 + l17 + l18 + l19 + l20 + l21 + l22 + l23 + l24 + l25 + l26 + l27 + l28 + l29 + l30 + l31 + l32 + l33 + l34 + l35 + l36 + l37 + l38 + l39 + l40 + l41 + l42 + l43 + l44 + l45 + l46 + l47 + l48 + l49 + l50 + l51 + l52 + l53 + l54 + l55 + l56 + l57 + l58 + l59 + l60 + l61 + l62 + l63 + l64 + l65 + l66 + l67 + l68 + l69 + l70 + l71 + l72 + l73 + l74 + l75 + l76 + l77 + l78 + l79 + l80 + l81 + l82 + l83 + l84 + l85 + l86 + l87 + l88 + l89 + l90 + l91 + l92 + l93 + l94 + l95 + l96 + l97 + l98 + l99 + l100 + l101 + l102 + l103 + l104 + l105 + l106 + l107 + l108 + l109 + l110 + l111 + l112 + l113 + l114 + l115 + l116 + l117 + l118 + l119 + l120 + l121 + l122 + l123 + l124 + l125 + l126 + l127))
            () -> await(sleep(Duration.ZERO, l0 + l1 + l2 + l3 + l4 + l5 + l6 + l7 + l8 + l9 + l10 + l11 + l12 + l13 + l14 + l15 + l16 + l17 + l18 + l19 + l20 + l21 + l22 + l23 + l24 + l25 + l26 + l27 + l28 + l29 + l30 + l31 + l32 + l33 + l34 + l35 + l36 + l37 + l38 + l39 + l40 + l41 + l42 + l43 + l44 + l45 + l46 + l47 + l48 + l49 + l50 + l51 + l52 + l53 + l54 + l55 + l56 + l57 + l58 + l59 + l60 + l61 + l62 + l63 + l64 + l65 + l66 + l67 + l68 + l69 + l70 + l71 + l72 + l73 + l74 + l75 + l76 + l77 + l78 + l79 + l80 + l81 + l82 + l83 + l84 + l85 + l86 + l87 + l88 + l89 + l90 + l91 + l92 + l93 + l94 + l95 + l96 + l97 + l98 + l99 + l100 + l101 + l102 + l103 + l104 + l105 + l106 + l107 + l108 + l109 + l110 + l111 + l112 + l113 + l114 + l115 + l116 + l117 + l118 + l119 + l120 + l121 + l122 + l123 + l124 + l125 + l126 + l127))));
    await(async(() -> await(sleep(Duration.ZERO, l0 + l1 + l2 + l3 + l4 + l5 + l6 + l7 + l8 + l9 + l10 + l11 + l12 + l13 + l14 + l15 + l16 + l17 + l18 + l19 + l20 + l21 + l22 + l23 + l24 + l25 + l26 + l27 + l28 + l29 + l30 + l31 + l32 + l33 + l34 + l35 + l36 + l37 + l38 + l39 + l40 + l41 + l42 + l43 + l44 + l45 + l46 + l47 + l48 + l49 + l50 + l51 + l52 + l53 + l54 + l55 + l56 + l57 + l58 + l59 + l60 + l61 + l62 + l63 + l64 + l65 + l66 + l67 + l68 + l69 + l70 + l71 + l72 + l73 + l74 + l75 + l76 + l77 + l78 + l79 + l80 + l81 + l82 + l83 + l84 + l85 + l86 + l87 + l88 + l89 + l90 + l91 + l92 + l93 + l94 + l95 + l96 + l97 + l98 + l99 + l100 + l101 + l102 + l103 + l104 + l105 + l106 + l107 + l108 + l109 + l110 + l111 + l112 + l113 + l114 + l115 + l116 + l117 + l118 + l119 + l120 + l121 + l122 + l123 + l124 + l125 + l126))));
    // ERROR fermata:too-large
    class Local {
      Coro<Long> sum() {
        return async(() -> l0 + l1 + l2 + l3 + l4 + l5 + l6 + l7 + l8 + l9 + l10 + l11 + l12 + l13 + l14 + l15 + l16 + l17 + l18 + l19 + l20 + l21 + l22 + l23 + l24 + l25 + l26 + l27 + l28 + l29 + l30 + l31 + l32 + l33 + l34 + l35 + l36 + l37 + l38 + l39 + l40 + l41 + l42 + l43 + l44 + l45 + l46 + l47 + l48 + l49 + l50 + l51 + l52 + l53 + l54 + l55 + l56 + l57 + l58 + l59 + l60 + l61 + l62 + l63 + await(own()));
      }

      Coro<Long> own() {
        return async(() -> await(sleep(Duration.ZERO, l64 + l65 + l66 + l67 + l68 + l69 + l70 + l71 + l72 + l73 + l74 + l75 + l76 + l77 + l78 + l79 + l80 + l81 + l82 + l83 + l84 + l85 + l86 + l87 + l88 + l89 + l90 + l91 + l92 + l93 + l94 + l95 + l96 + l97 + l98 + l99 + l100 + l101 + l102 + l103 + l104 + l105 + l106 + l107 + l108 + l109 + l110 + l111 + l112 + l113 + l114 + l115 + l116 + l117 + l118 + l119 + l120 + l121 + l122 + l123 + l124 + l125 + l126 + l127)));
      }
    }
    await(new Local().sum());
  }
}
