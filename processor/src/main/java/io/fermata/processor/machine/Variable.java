package io.fermata.processor.machine;

import io.fermata.processor.ir.IrType;

/**
 * A variable declared at the top of the method, or a parameter's field.
 *
 * @param index its number, for sets
 * @param name in the method
 * @param field its slot's name, should it have one
 */
record Variable(int index, String name, String field, IrType type) {}
