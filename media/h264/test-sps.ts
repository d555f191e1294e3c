import type { Size } from './i420.ts';

/** A baseline SPS for pictures of whole macroblocks. */
export function spsOf({ width, height }: Size): Buffer {
  const bits = [
    ...fixed(66, 8), // profile_idc
    ...fixed(0xc0, 8),
    ...fixed(62, 8), // level_idc
    ...unsigned(0), // seq_parameter_set_id
    ...unsigned(0), // log2_max_frame_num_minus4
    ...unsigned(2), // pic_order_cnt_type
    ...unsigned(1), // max_num_ref_frames
    0, // gaps_in_frame_num_value_allowed_flag
    ...unsigned(width / 16 - 1),
    ...unsigned(height / 16 - 1),
    1, // frame_mbs_only_flag
    1, // direct_8x8_inference_flag
    0, // frame_cropping_flag
    0, // vui_parameters_present_flag
    1, // rbsp_stop_one_bit
  ];
  while (bits.length % 8 !== 0) bits.push(0);
  const bytes = Array.from({ length: bits.length / 8 }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8).join(''), 2),
  );
  return Buffer.from([0x67, ...bytes]);
}

function fixed(value: number, count: number): number[] {
  return [...value.toString(2).padStart(count, '0')].map(Number);
}

function unsigned(value: number): number[] {
  const code = (value + 1).toString(2);
  return [...'0'.repeat(code.length - 1), ...code].map(Number);
}
