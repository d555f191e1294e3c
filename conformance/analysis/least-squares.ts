/**
 * Solves the symmetric positive (semi-)definite system `matrix · x = right` by Cholesky's decomposition: the
 * normal equations of a least-squares fit.
 *
 * @param matrix row by row, n × n; only its lower half is read
 * @param ridge added to the diagonal as a share of its largest entry, so that sources that say the same
 *   share what they have in common instead of growing without bound
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array, ridge = 1e-12): Float64Array {
  const n = right.length;
  if (matrix.length !== n * n) {
    throw new RangeError(`solveSymmetric: ${matrix.length} entries do not make ${n} × ${n}`);
  }
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, matrix[i * n + i]!);
  if (largest === 0) return new Float64Array(n);

  const lower = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * n + column]!;
      if (row === column) sum += ridge * largest;
      for (let k = 0; k < column; k++) sum -= lower[row * n + k]! * lower[column * n + k]!;
      lower[row * n + column] =
        row === column ? Math.sqrt(Math.max(sum, ridge * largest)) : sum / lower[column * n + column]!;
    }
  }

  const x = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let sum = right[row]!;
    for (let k = 0; k < row; k++) sum -= lower[row * n + k]! * x[k]!;
    x[row] = sum / lower[row * n + row]!;
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = x[row]!;
    for (let k = row + 1; k < n; k++) sum -= lower[k * n + row]! * x[k]!;
    x[row] = sum / lower[row * n + row]!;
  }
  return x;
}
